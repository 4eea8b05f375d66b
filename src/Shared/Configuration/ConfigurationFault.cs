namespace Maml.Cluster.Shared.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">The setting, such as <c>inner.learningRate</c>; empty for the file as a whole.</param>
/// <param name="Message">What was found, what was expected, and what to do.</param>
public sealed record ConfigurationFault(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
