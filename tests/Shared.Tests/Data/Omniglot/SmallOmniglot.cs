using System.IO.Compression;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Data.Png;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

/// <summary>
/// A data set in the authors' layout with three characters of two drawings of 56 × 56 pixels, as entries that a test may change
/// before they are written. Drawing n has all its ink, a square of 2 × 2 that becomes one target pixel, in column n.
/// </summary>
internal sealed class SmallOmniglot
{
    public const int Side = 56;

    private static readonly string[] Names =
    [
        "images_background/Zeta/character01/0002_01.png",
        "images_background/Zeta/character01/0002_02.png",
        "images_background/Alpha/character01/0001_02.png",
        "images_background/Alpha/character01/0001_01.png",
        "images_evaluation/Beta/character02/0003_01.png",
        "images_evaluation/Beta/character02/0003_02.png",
    ];

    public static OmniglotLayout Layout { get; } = new(2, 1, 2, Side);

    /// <summary>In the order of writing, which is not that of the classes; a list, since an archive may name an entry twice.</summary>
    public List<(string Name, byte[] Content)> Entries { get; } = [.. Names.Select((name, i) => (name, Drawing(i)))];

    public static byte[] Drawing(int column, int side = Side)
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)255, side * side)];
        foreach (int at in new[] { 0, 1, side, side + 1 })
            pixels[at + (2 * column)] = 0;
        return PngEncoder.Grey(side, side, pixels);
    }

    public void Replace(string name, byte[] content) => Entries[Entries.FindIndex(entry => entry.Name == name)] = (name, content);

    public void WriteArchives(string folder)
    {
        foreach (string half in new[] { "images_background", "images_evaluation" })
            WriteArchive(folder, half);
    }

    public void WriteArchive(string folder, string half)
    {
        using ZipArchive archive = ZipFile.Open(Path.Combine(folder, $"{half}.zip"), ZipArchiveMode.Create);
        archive.CreateEntry($"{half}/");
        foreach ((string name, byte[] content) in Entries.Where(entry => entry.Name.Contains(half, StringComparison.Ordinal)))
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(content);
        }
    }

    public void WriteFolders(string folder)
    {
        foreach ((string name, byte[] content) in Entries)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }
}
