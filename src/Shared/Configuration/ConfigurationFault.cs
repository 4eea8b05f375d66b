namespace Maml.Cluster.Shared.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">The setting, such as <c>inner.learningRate</c>; empty for the file as a whole.</param>
/// <param name="Message">What was found, what was expected, and what to do.</param>
/// <param name="Place">Where the setting was given, such as <c>line 7</c> or <c>--set inner.steps=0</c>; empty when it was not given in a text.</param>
public sealed record ConfigurationFault(string Path, string Message, string Place = "")
{
    /// <inheritdoc/>
    public override string ToString() => (Path.Length, Place.Length) switch
    {
        (0, 0) => Message,
        (0, _) => $"{Place}: {Message}",
        (_, 0) => $"{Path}: {Message}",
        _ => $"{Path} ({Place}): {Message}",
    };
}
