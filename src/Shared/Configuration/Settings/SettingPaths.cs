namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>The names of all settings.</summary>
internal static class SettingPaths
{
    /// <summary>Every setting that has a value, section and name joined by a point.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "name", "seed", "algorithm", "secondOrder",
        "model.kind", "model.widths", "model.filters", "model.downsample",
        "tasks.source", "tasks.split", "tasks.group", "tasks.way", "tasks.shot", "tasks.query",
        "loss",
        "inner.steps", "inner.learningRate",
        "outer.optimizer", "outer.learningRate", "outer.schedule", "outer.tasksPerIteration", "outer.iterations", "outer.clipNorm",
        "outer.curveEvery", "outer.gradientPrecision",
        "evaluation.every", "evaluation.tasks", "evaluation.innerSteps", "evaluation.query",
        "checkpoints.every", "checkpoints.keep", "checkpoints.keepBest",
        "chunk.tasks", "chunk.group",
    ];

    /// <summary>Whether a path names a section.</summary>
    public static bool IsSection(string path) => All.Any(setting => setting.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>The names within a section, or the top-level names for an empty path.</summary>
    public static IReadOnlyList<string> NamesIn(string section)
    {
        string prefix = section.Length == 0 ? "" : section + ".";
        return [.. All.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..].Split('.')[0]).Distinct()];
    }

    /// <summary>A name within a section.</summary>
    public static string Join(string section, string name) => section.Length == 0 ? name : $"{section}.{name}";

    /// <summary>The path that was probably meant by one that does not exist: a neighbour of a similar name, or the same name elsewhere.</summary>
    public static string? Closest(string path)
    {
        int point = path.LastIndexOf('.');
        string section = point < 0 ? "" : path[..point];
        string name = path[(point + 1)..];
        if (Suggestions.Closest(name, NamesIn(section)) is { } neighbour) return Join(section, neighbour);
        return Suggestions.Closest(path, All)
            ?? All.FirstOrDefault(known => known.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }
}
