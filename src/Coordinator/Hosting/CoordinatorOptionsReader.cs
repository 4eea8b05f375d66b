using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>
/// Reads options from a YAML file (<c>--config FILE</c> or <c>MAML_COORDINATOR_CONFIG</c>), then from environment variables
/// (<c>MAML_COORDINATOR_SECURITY__TOKENSFILE</c>), then from the command line (<c>--security:tokensFile FILE</c>); the later one wins.
/// </summary>
public static class CoordinatorOptionsReader
{
    private const string EnvironmentPrefix = "MAML_COORDINATOR_";
    private const string TokensVariable = "MAML_TOKENS";
    private const string ConfigurationOption = "config";

    /// <summary>Reads the options of a coordinator in a process of its own.</summary>
    /// <exception cref="HostStartException">Settings cannot be read; all of them are named.</exception>
    public static CoordinatorOptions Read(string[] arguments)
    {
        List<HostSetting> given =
        [
            .. Settings(new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix), path => EnvironmentPrefix + path.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant()),
            .. Settings(new ConfigurationBuilder().AddCommandLine(arguments), path => $"--{path}"),
        ];
        string? file = given.LastOrDefault(IsFile)?.Value;
        given.RemoveAll(IsFile);
        CoordinatorOptions options = Read([.. string.IsNullOrEmpty(file) ? [] : Load(file), .. given], file);
        return Environment.GetEnvironmentVariable(TokensVariable) is { Length: > 0 } tokens
            ? options with { Security = options.Security with { Tokens = tokens } }
            : options;

        static bool IsFile(HostSetting setting) => setting.Path.Equals(ConfigurationOption, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads options from settings; of several of one option the last one counts.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="file">The file that some of them come from, for messages.</param>
    /// <exception cref="HostStartException">Settings cannot be read; all of them are named.</exception>
    public static CoordinatorOptions Read(IReadOnlyList<HostSetting> settings, string? file = null)
    {
        IReadOnlyList<ConfigurationFault> faults = HostOptionChecks.FaultsOf<CoordinatorOptions>(settings);
        if (faults.Count > 0) throw new HostStartException(new ConfigurationException(file ?? "The coordinator's options", faults).Message);

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (HostSetting setting in settings) values[setting.Path.Replace('.', ConfigurationPath.KeyDelimiter[0])] = setting.Value;
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<CoordinatorOptions>() ?? new CoordinatorOptions();
    }

    /// <summary>Reads a configuration file.</summary>
    /// <exception cref="HostStartException">The file cannot be used; all faults are named.</exception>
    public static IReadOnlyList<HostSetting> Load(string file)
    {
        try
        {
            return HostConfigurationFile.Load(file);
        }
        catch (ConfigurationException e)
        {
            throw new HostStartException(e.Message, e);
        }
    }

    private static IEnumerable<HostSetting> Settings(IConfigurationBuilder source, Func<string, string> place) =>
        from pair in source.Build().AsEnumerable()
        where pair.Value is not null
        let path = pair.Key.Replace(ConfigurationPath.KeyDelimiter, ".", StringComparison.Ordinal)
        select new HostSetting(path, pair.Value, place(path));
}
