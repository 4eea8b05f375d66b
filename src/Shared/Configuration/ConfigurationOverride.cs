using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Configuration;

/// <summary>One value that takes the place of a configuration's own.</summary>
/// <param name="Path">The setting, such as <c>inner.steps</c>.</param>
/// <param name="Value">Its value as YAML, such as <c>5</c> or <c>[64, 64]</c>.</param>
public sealed record ConfigurationOverride(string Path, string Value)
{
    /// <summary>What messages call it.</summary>
    internal string Place => $"--set {Path}={FoundText.Quote(Value).Trim('\'')}";

    /// <summary>Reads the argument of <c>--set</c>, such as <c>inner.steps=5</c>.</summary>
    /// <exception cref="ConfigurationException">There is no '=', or nothing before it.</exception>
    public static ConfigurationOverride Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string path = equals < 0 ? "" : text[..equals].Trim();
        if (path.Length == 0)
        {
            throw new ConfigurationException("--set", [new ConfigurationFault(
                "", $"found {FoundText.Quote(text)}, expected path.to.field=value, such as inner.steps=5")]);
        }

        return new ConfigurationOverride(path, text[(equals + 1)..].Trim());
    }
}
