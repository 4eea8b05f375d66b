using Maml.Cluster.Shared.Configuration.Settings;
using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration;

/// <summary>Run configurations as YAML.</summary>
public static class RunConfigurationFile
{
    // A hundred times what a heavily commented configuration takes: whatever is larger is another kind of file.
    private const long MaximumBytes = 1 << 20;

    /// <summary>Reads and validates a configuration.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">What messages call it: a path, or a preset's name.</param>
    /// <param name="overrides">Values that take the place of the text's own; the last one of a setting counts.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be used; all of its faults are named.</exception>
    public static RunConfiguration Parse(string yaml, string source, IReadOnlyList<ConfigurationOverride>? overrides = null)
    {
        var faults = new FaultCollector();
        SettingSection root = SettingOverrides.Apply(ParseRoot(yaml, source), overrides ?? [], faults);
        RunConfiguration configuration = RunConfigurationReader.Read(root, faults);
        RunConfigurationValidator.Validate(configuration, faults);
        faults.ThrowIfAny(source);
        return configuration;
    }

    /// <summary>Reads and validates a configuration file.</summary>
    /// <inheritdoc cref="Parse"/>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values that take the place of the file's own; the last one of a setting counts.</param>
    /// <exception cref="ConfigurationException">The file cannot be read, or the configuration cannot be used; all of its faults are named.</exception>
    public static RunConfiguration Load(string path, IReadOnlyList<ConfigurationOverride>? overrides = null) =>
        Parse(ReadText(path), path, overrides);

    /// <summary>Writes a configuration with every setting that means something for its model and source; <see cref="Parse"/> gives it back.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public static string Write(RunConfiguration configuration)
    {
        var faults = new FaultCollector();
        RunConfigurationValidator.Validate(configuration, faults);
        faults.ThrowIfAny($"The configuration '{configuration.Name}'");
        return RunConfigurationWriter.Write(configuration);
    }

    private static SettingSection ParseRoot(string yaml, string source)
    {
        try
        {
            return SettingParser.Parse(yaml) switch
            {
                SettingSection root => root,
                null or SettingScalar { IsNull: true } => throw Unusable(source, "found nothing in it, expected a run's settings; `maml presets` shows examples to copy"),
                { } other => throw Unusable(source, $"found {other.Describe()}, expected settings such as 'seed: 0'; `maml presets` shows examples to copy"),
            };
        }
        catch (SettingTextException fault)
        {
            throw new ConfigurationException(source, [fault.Fault]);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            if (!File.Exists(path)) throw Unusable(path, Directory.Exists(path)
                ? "is a folder, expected a YAML file; name the file within it"
                : "there is no such file; check the path, or name a preset (`maml presets` lists them)");
            long length = new FileInfo(path).Length;
            if (length > MaximumBytes) throw Unusable(path, $"found {length} bytes, expected a configuration of at most {MaximumBytes}; name a YAML file");
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be read: {fault.Message}");
        }
    }

    private static ConfigurationException Unusable(string source, string message) => new(source, [new ConfigurationFault("", message)]);
}
