namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Numbers the classes: background first, then evaluation; within each by <c>alphabet/character</c>, within a class by file name,
/// always in ordinal order. The order in a folder or archive does not matter.
/// </summary>
internal static class OmniglotIndex
{
    public static IReadOnlyList<OmniglotClass> Build(IOmniglotHalf background, IOmniglotHalf evaluation, OmniglotLayout layout)
    {
        IReadOnlyList<OmniglotClass> first = BuildHalf(background, layout.BackgroundClasses, layout.ExamplesPerClass);
        IReadOnlyList<OmniglotClass> second = BuildHalf(evaluation, layout.EvaluationClasses, layout.ExamplesPerClass);
        var names = first.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (second.FirstOrDefault(c => names.Contains(c.Name)) is { } twice)
        {
            throw DataSetException.Of(
                evaluation.Path,
                $"the character {twice.Name}, which {background.Path} has too",
                "each in one half only",
                OmniglotLayout.Where);
        }

        return [.. first, .. second];
    }

    private static List<OmniglotClass> BuildHalf(IOmniglotHalf half, int classes, int examples)
    {
        List<OmniglotClass> found = [.. half.Entries
            .GroupBy(entry => ClassName(half, entry), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new OmniglotClass(half, group.Key, [.. group.Order(StringComparer.Ordinal)]))];

        foreach (OmniglotClass @class in found)
        {
            if (@class.Entries.Count != examples)
            {
                throw DataSetException.Of(
                    half.Path, $"{@class.Entries.Count} drawings of {@class.Name}", $"{examples}", OmniglotLayout.Where);
            }
        }

        return found.Count == classes
            ? found
            : throw DataSetException.Of(half.Path, $"{found.Count} characters", $"{classes}", OmniglotLayout.Where);
    }

    private static string ClassName(IOmniglotHalf half, string entry)
    {
        string[] parts = entry.Split('/');
        bool fits = parts is [not "", not "", not ""]
            && !parts.Contains("..")
            && parts[2].EndsWith(".png", StringComparison.OrdinalIgnoreCase);
        return fits
            ? $"{parts[0]}/{parts[1]}"
            : throw DataSetException.Of(half.Path, $"the entry {entry}", "<alphabet>/<character>/<drawing>.png", OmniglotLayout.Where);
    }
}
