using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Puts <c>--set</c> values into a configuration's tree before it is read, so that they meet the same checks as a file's own.</summary>
internal static class SettingOverrides
{
    /// <summary>The tree with every override in place; those that cannot be placed are reported and left out.</summary>
    public static SettingSection Apply(SettingSection root, IEnumerable<ConfigurationOverride> overrides, FaultCollector faults)
    {
        foreach (ConfigurationOverride one in overrides)
        {
            if (!SettingPaths.All.Contains(one.Path) && !SettingPaths.IsSection(one.Path))
            {
                faults.AddAt(one.Place, one.Path, UnknownSettings.Describe(one.Path));
                continue;
            }

            try
            {
                SettingNode value = SettingParser.Parse(one.Value, one.Place) ?? new SettingScalar("", true, one.Place);
                root = Place(root, one.Path.Split('.'), value);
            }
            catch (SettingTextException fault)
            {
                faults.AddAt(one.Place, one.Path, fault.Fault.Message);
            }
        }

        return root;
    }

    private static SettingSection Place(SettingSection section, ReadOnlySpan<string> path, SettingNode value)
    {
        if (path.Length == 1) return section.With(path[0], value);

        // Anything but a section here is a fault of the file, which the reader will report.
        SettingNode inner = section.Find(path[0]) ?? new SettingSection([], value.Place);
        if (inner is SettingScalar { IsNull: true }) inner = new SettingSection([], value.Place);
        return inner is SettingSection found ? section.With(path[0], Place(found, path[1..], value)) : section;
    }
}
