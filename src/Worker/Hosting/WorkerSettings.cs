using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>
/// A worker's settings by name, whatever they were written like: <c>chunkSlots</c> in a file, <c>MAML_CHUNK_SLOTS</c> and
/// <c>--chunk-slots</c> are one.
/// </summary>
internal sealed class WorkerSettings
{
    private const string ConfigurationOption = "config";

    // A file holds no token, since it is no secret: those have a file of their own, or a variable.
    private const string TokenOption = "token";

    private static readonly string[] Names =
    [
        "coordinator", "device", "worker-name", "cache-directory", "data-directory", "threads", "chunk-slots", "health-port",
        "monitoring-listen-address", "monitoring-port", "otlp-endpoint", "drain-timeout", "insecure-allow-remote", "token-file", "ca", "client-certificate", "client-key",
    ];

    private readonly Dictionary<string, string> _values = [];

    /// <summary>Gathers settings.</summary>
    /// <param name="settings">From the environment and the command line.</param>
    /// <param name="arguments">The command line alone, where a setting that does not exist is refused.</param>
    /// <param name="faults">Receives what cannot be used.</param>
    public WorkerSettings(IConfiguration settings, IConfiguration? arguments, List<string> faults)
    {
        if (settings[ConfigurationOption] is { Length: > 0 } file) AddFile(file, faults);
        foreach ((string path, string? value) in settings.AsEnumerable())
            if (value is not null) _values[Plain(path)] = value;
        foreach ((string path, string? value) in arguments?.AsEnumerable() ?? [])
        {
            if (value is not null && !IsKnown(path) && Plain(path) is not (ConfigurationOption or TokenOption))
                faults.Add($"--{path}: {HostOptionChecks.Unknown(path, Names)}");
        }
    }

    /// <summary>The setting of that name, as <see cref="Names"/> writes it.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(Plain(name));

    private static bool IsKnown(string path) => Names.Any(name => Plain(name) == Plain(path));

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant() switch
    {
        "CONFIG" => ConfigurationOption,
        "TOKEN" => TokenOption,
        var plain => plain,
    };

    private void AddFile(string file, List<string> faults)
    {
        try
        {
            foreach (HostSetting setting in HostConfigurationFile.Load(file))
            {
                if (IsKnown(setting.Path)) _values[Plain(setting.Path)] = setting.Value;
                else faults.Add($"{file}: {new ConfigurationFault(setting.Path, Refusal(setting.Path), setting.Place)}");
            }
        }
        catch (ConfigurationException e)
        {
            faults.Add(e.Message);
        }
    }

    private static string Refusal(string path) => Plain(path) == TokenOption
        ? "a secret does not belong into a configuration; name a file of it as tokenFile, or set MAML_TOKEN"
        : HostOptionChecks.Unknown(path, Names.Select(FileName));

    // As the file writes it: monitoring is a section of it.
    private static string FileName(string name)
    {
        string camel = string.Concat(name.Split('-').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        return camel.StartsWith("monitoring", StringComparison.Ordinal) ? $"monitoring.{char.ToLowerInvariant(camel[10])}{camel[11..]}" : camel;
    }
}
