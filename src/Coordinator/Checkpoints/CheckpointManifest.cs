using System.Globalization;
using System.Text;
using System.Text.Json;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// <c>manifest.json</c>: the good checkpoints of a folder and their scores. It has a SHA-256 over itself, so that a damaged one is not
/// believed; the checkpoints can be used without it.
/// </summary>
/// <param name="HigherIsBetter">What is better: a higher score, or a lower one.</param>
/// <param name="Checkpoints">One an iteration, oldest first.</param>
internal sealed record CheckpointManifest(bool HigherIsBetter, IReadOnlyList<CheckpointEntry> Checkpoints)
{
    public const string FileName = "manifest.json";
    public const int FormatVersion = 1;

    // 2,000 checkpoints, as many as may be kept, take a tenth of it.
    private const int MaximumBytes = 4 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes the whole file, or leaves what was there.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(string directory)
    {
        var document = new Document(SelfHash.Zeros, FormatVersion, HigherIsBetter, Checkpoints);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(document, Options);
        int offset = content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(SelfHash.Zeros));
        Encoding.ASCII.GetBytes(SelfHash.Compute(content, offset), content.AsSpan(offset));
        AtomicFile.Write(Path.Combine(directory, FileName), stream => stream.Write(content));
    }

    /// <summary>Reads the manifest of a folder; null when there is none that can be believed.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="report">Told what is wrong with it, and which of its entries are passed over; a folder without checkpoints needs none.</param>
    public static CheckpointManifest? Read(string directory, Action<string> report)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path))
            {
                if (CheckpointName.In(directory).Count > 0) report(Instead(path, "no such file"));
                return null;
            }

            long length = new FileInfo(path).Length;
            if (length <= MaximumBytes) return Parse(File.ReadAllBytes(path), path, report);
            report(Instead(path, string.Create(CultureInfo.InvariantCulture, $"{length} bytes, which is too much for a manifest")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(Instead(path, $"that it cannot be read ({e.Message})"));
        }

        return null;
    }

    private static CheckpointManifest? Parse(byte[] content, string path, Action<string> report)
    {
        try
        {
            Document document = JsonSerializer.Deserialize<Document>(content, Options) ?? throw new JsonException("nothing in it");
            int offset = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(document.Sha256));
            bool isWhole = document.Sha256.Length == SelfHash.Length && offset >= 0 && SelfHash.Compute(content, offset) == document.Sha256;
            if (isWhole && document.FormatVersion == FormatVersion)
                return new CheckpointManifest(document.HigherIsBetter, [.. document.Checkpoints.Where(entry => IsUsable(entry, path, report)).DistinctBy(entry => entry.Iteration)]);
            report(Instead(path, isWhole
                ? string.Create(CultureInfo.InvariantCulture, $"format version {document.FormatVersion}, of another version of maml")
                : "content that differs from its SHA-256: it is altered"));
        }
        catch (JsonException e)
        {
            report(Instead(path, $"no manifest ({e.Message})"));
        }

        return null;
    }

    // A name that leads out of the folder is none of a checkpoint's.
    private static bool IsUsable(CheckpointEntry? entry, string path, Action<string> report)
    {
        if (entry is not null && CheckpointName.IterationOf(entry.File) == entry.Iteration) return true;
        report($"{path}: found '{entry?.File}' as the checkpoint of iteration {entry?.Iteration}, expected a checkpoint's name, without a folder. It is passed over.");
        return false;
    }

    private static string Instead(string path, string found) =>
        $"{path}: found {found}, expected a manifest written by maml. The checkpoints themselves are searched for the newest good one; their scores are not known.";

    // The hash first: it is found by the first place where its digits are.
    private sealed record Document(string Sha256, int FormatVersion, bool HigherIsBetter, IReadOnlyList<CheckpointEntry> Checkpoints);
}
