using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Refuses names that no setting has, and names given twice.</summary>
internal static class UnknownSettings
{
    /// <summary>Reports every such name of a section and of the sections within it.</summary>
    public static void Report(SettingSection section, FaultCollector faults, string path = "")
    {
        IReadOnlyList<string> known = SettingPaths.NamesIn(path);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SettingEntry entry in section.Entries)
        {
            string entryPath = SettingPaths.Join(path, entry.Name);
            if (!known.Contains(entry.Name))
                faults.AddAt(entry.Place, FoundText.Quote(entryPath).Trim('\''), Describe(entryPath));
            else if (!seen.TryAdd(entry.Name, entry.Place))
                faults.AddAt(entry.Place, entryPath, $"is given a second time, first at {seen[entry.Name]}; remove one of the two");
            else if (entry.Value is SettingSection inner && SettingPaths.IsSection(entryPath))
                Report(inner, faults, entryPath);
        }
    }

    /// <summary>What to say about a path that no setting has.</summary>
    public static string Describe(string path)
    {
        if (SettingPaths.Closest(path) is { } closest) return $"there is no such setting; did you mean '{closest}'?";
        int point = path.LastIndexOf('.');
        IReadOnlyList<string> neighbours = point < 0 ? [] : SettingPaths.NamesIn(path[..point]);
        return neighbours.Count > 0
            ? $"there is no such setting; {path[..point]} has {string.Join(", ", neighbours)}"
            : $"there is no such setting; expected one of {string.Join(", ", SettingPaths.NamesIn(""))}";
    }
}
