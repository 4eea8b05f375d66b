using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Cli.Configuration;

/// <summary>Options of a host from a file, and those that have no word of their own on the command line.</summary>
internal static class HostSettings
{
    /// <summary>Reads options from <c>path=value</c>, where the path's parts are joined by dots and case does not matter.</summary>
    /// <param name="settings">What is typed; it wins over the file.</param>
    /// <param name="file">A YAML file of options; null for none.</param>
    /// <exception cref="UsageException">There are no such options, or values are of another kind; all of them are named.</exception>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static TOptions Read<TOptions>(IReadOnlyList<string> settings, string? file = null)
        where TOptions : class, new()
    {
        List<HostSetting> all = [.. file is null ? [] : HostConfigurationFile.Load(file)];
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0) throw new UsageException($"--set is '{setting}'; expected path=value, such as speculation.factor=3.");
            all.Add(new HostSetting(parts[0].Trim(), parts[1].Trim(), "--set"));
        }

        IReadOnlyList<ConfigurationFault> faults = HostOptionChecks.FaultsOf<TOptions>(all);
        if (faults.Count > 0) throw new UsageException(new ConfigurationException(file ?? "The host's options", faults).Message);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (HostSetting setting in all) values[setting.Path.Replace('.', ConfigurationPath.KeyDelimiter[0])] = setting.Value;
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<TOptions>() ?? new TOptions();
    }
}
