using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Groups classes by alphabet: what the name of a class has before its last <c>/</c>.</summary>
internal static class Alphabets
{
    /// <summary>The classes of each alphabet, alphabets and classes in the order in which they come.</summary>
    public static IEnumerable<int[]> Of(IEnumerable<int> classes, ImageDataSet images) =>
        classes.GroupBy(@class => AlphabetOf(images.ClassNames[@class]), StringComparer.Ordinal).Select(group => group.ToArray());

    private static string AlphabetOf(string className) => className[..Math.Max(0, className.LastIndexOf('/'))];
}
