using System.IO.Compression;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Clients;

/// <summary>Drawings of Omniglot's second half, as files of the folders that <c>maml adapt</c> reads.</summary>
internal static class Drawings
{
    /// <summary>Alphabets of that half.</summary>
    public static IReadOnlyList<string> Alphabets()
    {
        using ZipArchive archive = Open();
        return [.. archive.Entries.Select(AlphabetOf).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes a task: the first characters of an alphabet, with a drawing of each in <c>support</c> and the others in <c>query</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="alphabet">One of <see cref="Alphabets"/>.</param>
    /// <param name="way">How many characters.</param>
    public static void WriteTask(string folder, string alphabet, int way)
    {
        using ZipArchive archive = Open();
        var characters = archive.Entries
            .Where(entry => AlphabetOf(entry) == alphabet && entry.Name.EndsWith(".png", StringComparison.Ordinal))
            .GroupBy(entry => entry.FullName.Split('/')[^2])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Take(way);
        foreach (var character in characters)
        {
            ZipArchiveEntry[] drawings = [.. character.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
            for (int i = 0; i < drawings.Length; i++)
            {
                string target = Path.Combine(folder, i == 0 ? "support" : "query", character.Key);
                Directory.CreateDirectory(target);
                drawings[i].ExtractToFile(Path.Combine(target, drawings[i].Name));
            }
        }
    }

    private static ZipArchive Open() => ZipFile.OpenRead(Path.Combine(Omniglot.Folder, "images_evaluation.zip"));

    private static string AlphabetOf(ZipArchiveEntry entry) =>
        entry.FullName.Split('/') is ["images_evaluation", { Length: > 0 } alphabet, { Length: > 0 }, ..] ? alphabet : "";
}
