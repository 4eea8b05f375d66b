namespace Maml.Cluster.Shared.Configuration;

/// <summary>A configuration cannot be used. <see cref="Faults"/> holds everything that is wrong with it.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file, preset or request that the configuration came from.</param>
    /// <param name="faults">Everything that is wrong; at least one.</param>
    public ConfigurationException(string source, IReadOnlyList<ConfigurationFault> faults)
        : base($"{source} cannot be used:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))}")
    {
        Faults = faults;
    }

    /// <summary>Everything that is wrong: names first, then values, then what does not fit together.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }
}
