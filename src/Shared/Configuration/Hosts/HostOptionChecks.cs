using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>Says which settings a host does not have, and which values it cannot read.</summary>
public static class HostOptionChecks
{
    /// <summary>One complete fault for each setting that cannot be used.</summary>
    /// <typeparam name="TOptions">The record of options.</typeparam>
    public static IReadOnlyList<ConfigurationFault> FaultsOf<TOptions>(IEnumerable<HostSetting> settings)
    {
        IReadOnlyDictionary<string, HostOption> known = HostOptionPaths.Of(typeof(TOptions));
        var faults = new List<ConfigurationFault>();
        foreach (HostSetting setting in settings)
        {
            if (!known.TryGetValue(setting.Path, out HostOption? option))
                faults.Add(new ConfigurationFault(setting.Path, Unknown(setting.Path, known.Keys), setting.Place));
            else if (setting.IsFromFile && option.SecretAdvice is { } advice)
                faults.Add(new ConfigurationFault(setting.Path, $"a secret does not belong into a configuration; {advice}", setting.Place));
            else if (HostValue.ExpectationMissedBy(setting.Value, option.Type) is { } expected)
                faults.Add(new ConfigurationFault(setting.Path, $"found {FoundText.Quote(setting.Value)}, expected {expected}", setting.Place));
        }

        return faults;
    }

    /// <summary>What to say about a setting that does not exist.</summary>
    public static string Unknown(string path, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return Suggestions.Closest(path, names) is { } closest
            ? $"there is no such option; did you mean '{closest}'?"
            : $"there is no such option; expected one of {string.Join(", ", names)}";
    }
}
