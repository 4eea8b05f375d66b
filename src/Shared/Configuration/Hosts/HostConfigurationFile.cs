using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>The YAML file that a host takes its options from, as a cluster's ConfigMap holds it.</summary>
public static class HostConfigurationFile
{
    // A ConfigMap has no more.
    private const long MaximumBytes = 1 << 20;

    /// <summary>Reads a file; what its settings mean is for the host to say.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read or holds more than sections of plain values; all faults are named.</exception>
    public static IReadOnlyList<HostSetting> Load(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > MaximumBytes) throw Unusable(path, $"found {length} bytes, expected {MaximumBytes} at most");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(path, $"cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ConfigurationException">The text holds more than sections of plain values; all faults are named.</exception>
    public static IReadOnlyList<HostSetting> Parse(string yaml, string source)
    {
        var settings = new Dictionary<string, HostSetting>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<ConfigurationFault>();
        try
        {
            switch (SettingParser.Parse(yaml))
            {
                case null or SettingScalar { IsNull: true }: break;
                case SettingSection root: Flatten(root, "", settings, faults); break;
                case { } other: faults.Add(new ConfigurationFault("", $"found {other.Describe()}, expected settings such as 'port: 5100'", other.Place)); break;
            }
        }
        catch (SettingTextException fault)
        {
            faults.Add(fault.Fault);
        }

        return faults.Count == 0 ? [.. settings.Values] : throw new ConfigurationException(source, faults);
    }

    private static void Flatten(SettingSection section, string path, Dictionary<string, HostSetting> settings, List<ConfigurationFault> faults)
    {
        foreach (SettingEntry entry in section.Entries)
        {
            string entryPath = path.Length == 0 ? entry.Name : $"{path}.{entry.Name}";
            switch (entry.Value)
            {
                case SettingSection inner:
                    Flatten(inner, entryPath, settings, faults);
                    break;

                // Nothing is given, so the default holds.
                case SettingScalar { IsNull: true }:
                    break;
                case SettingScalar scalar when settings.TryGetValue(entryPath, out HostSetting? first):
                    faults.Add(new ConfigurationFault(entryPath, $"is given a second time, first at {first.Place}; remove one of the two", scalar.Place));
                    break;
                case SettingScalar scalar:
                    settings.Add(entryPath, new HostSetting(entryPath, scalar.Text, scalar.Place, IsFromFile: true));
                    break;
                default:
                    faults.Add(new ConfigurationFault(entryPath, $"found {entry.Value.Describe()}, expected one value", entry.Place));
                    break;
            }
        }
    }

    private static ConfigurationException Unusable(string path, string message) => new(path, [new ConfigurationFault("", message)]);
}
