using System.IO.Compression;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Files;
using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Cli.Benchmarks.Data;

/// <summary>
/// A folder in the layout of Omniglot, with as many characters and drawings, whose pictures are random: enough to measure with, since no
/// operation takes longer for one pixel's value than for another's, and of no use to learn from. Always the same bytes.
/// </summary>
internal static class SyntheticCharacters
{
    /// <summary>Pictures that differ. A prime, so that they fall on characters and drawings in turn.</summary>
    private const int Pictures = 97;

    private const int DrawingsPerCharacter = 20;
    private const int Side = 105;

    /// <summary>Pixels of a square of ink or paper, which keeps the files small.</summary>
    private const int Square = 7;

    private const ulong Seed = 1;

    // Zip files hold the time of each entry; with the same time they are the same file.
    private static readonly DateTimeOffset Made = new(2015, 12, 11, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Half, int Characters)[] Halves = [("images_background", 964), ("images_evaluation", 659)];

    /// <summary>Where it is kept: beside the decoded data sets, so that the next benchmark has it at once.</summary>
    public static string DefaultFolder => Path.Combine(CacheDirectory.Default(), "synthetic-characters-1");

    /// <summary>Writes the folder, unless it is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Ensure(string folder)
    {
        if (Array.TrueForAll(Halves, half => File.Exists(PathOf(folder, half.Half)))) return;
        byte[][] pictures = [.. Enumerable.Range(0, Pictures).Select(Draw)];
        foreach ((string half, int characters) in Halves)
            AtomicFile.Write(PathOf(folder, half), stream => WriteArchive(stream, half, characters, pictures));
    }

    private static string PathOf(string folder, string half) => Path.Combine(folder, $"{half}.zip");

    private static void WriteArchive(Stream stream, string half, int characters, byte[][] pictures)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        for (int character = 0; character < characters; character++)
        {
            for (int drawing = 0; drawing < DrawingsPerCharacter; drawing++)
            {
                ZipArchiveEntry entry = archive.CreateEntry(
                    $"{half}/{half}/character{character:0000}/{character:0000}_{drawing:00}.png", CompressionLevel.NoCompression);
                entry.LastWriteTime = Made;
                using Stream content = entry.Open();
                content.Write(pictures[((character * DrawingsPerCharacter) + drawing) % Pictures]);
            }
        }
    }

    // Every square is ink with a chance of its picture's own: contrast for the normalisation to work on.
    private static byte[] Draw(int picture)
    {
        const int squares = Side / Square;
        var random = new RandomStream(Seed, (ulong)picture);
        double ink = 0.1 + (0.8 * picture / Pictures);
        bool[] inked = new bool[squares * squares];
        foreach (ref bool square in inked.AsSpan()) square = random.NextDouble() < ink;

        byte[] pixels = new byte[Side * Side];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = inked[(i / Side / Square * squares) + (i % Side / Square)] ? (byte)0 : byte.MaxValue;
        return GreyPng.Encode(Side, Side, pixels);
    }
}
