using System.Security.Cryptography;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>Reads a folder of checkpoints, for anyone and at any time: also while a run writes to it, or after one was killed.</summary>
internal static class CheckpointFolder
{
    private const int Attempts = 5;

    /// <summary>The newest checkpoint that holds; null when there is none. Damaged ones are passed over.</summary>
    /// <param name="directory">The folder; it need not be there.</param>
    /// <param name="report">Told the fault of each that was passed over, and of the manifest.</param>
    public static Checkpoint? ReadNewest(string directory, Action<string> report) => ReadFirst(directory, NewestFirst, report);

    /// <summary>The checkpoint with the best score that holds; null when there is none with a score.</summary>
    /// <inheritdoc cref="ReadNewest"/>
    public static Checkpoint? ReadBest(string directory, Action<string> report) => ReadFirst(
        directory,
        (_, manifest) => manifest is null ? [] : CheckpointRetention.BestFirst(manifest.Checkpoints, manifest.HigherIsBetter).Select(entry => entry.File),
        report);

    /// <summary>The checkpoint of an iteration; null when there is none that holds.</summary>
    /// <inheritdoc cref="ReadNewest"/>
    public static Checkpoint? ReadAt(string directory, ulong iteration, Action<string> report) => ReadFirst(
        directory,
        (_, manifest) => NewestFirst(directory, manifest).Where(name => (ulong?)CheckpointName.IterationOf(name) == iteration),
        report);

    /// <summary>
    /// The names of all checkpoints, newest first: those that the manifest names, and those beside it, since a run that was killed
    /// between writing a checkpoint and the manifest has left a good one that is not named yet.
    /// </summary>
    public static IEnumerable<string> NewestFirst(string directory, CheckpointManifest? manifest)
    {
        HashSet<string> named = [.. manifest?.Checkpoints.Select(entry => entry.File) ?? []];
        return named.Union(CheckpointName.In(directory))
            .OrderByDescending(CheckpointName.IterationOf)
            .ThenByDescending(named.Contains)
            .ThenByDescending(name => name, StringComparer.Ordinal);
    }

    /// <summary>Reads one, and checks it against itself, its name and the manifest.</summary>
    /// <exception cref="CheckpointException">It does not hold.</exception>
    public static (Checkpoint Checkpoint, CheckpointEntry Entry) Read(string directory, string name, CheckpointManifest? manifest)
    {
        string path = Path.Combine(directory, name);
        byte[] bytes = CheckpointReader.ReadBytes(path);
        Checkpoint checkpoint = CheckpointReader.Parse(bytes, path);
        if (CheckpointName.IterationOf(name) != checkpoint.Iteration)
            throw CheckpointException.Of(path, $"a checkpoint of iteration {checkpoint.Iteration}", "that of its name: it was renamed");

        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        CheckpointEntry? named = manifest?.Checkpoints.FirstOrDefault(entry => entry.File == name);
        if (named is not null && named.Sha256 != hash)
        {
            throw CheckpointException.Of(
                path, $"a checkpoint with SHA-256 {hash}", $"'{named.Sha256}' as {CheckpointManifest.FileName} says: another file has taken its place");
        }

        return (checkpoint, named ?? new CheckpointEntry(name, checkpoint.Iteration, bytes.Length, hash, Score: null));
    }

    private static Checkpoint? ReadFirst(
        string directory, Func<string, CheckpointManifest?, IEnumerable<string>> names, Action<string> report)
    {
        for (int attempt = 1; ; attempt++)
        {
            var faults = new List<string>();
            CheckpointManifest? manifest = CheckpointManifest.Read(directory, faults.Add);
            Checkpoint? found = FirstGood(directory, names(directory, manifest), manifest, faults.Add);

            // All that were named may have been replaced by a newer one while they were read.
            if (found is null && attempt < Attempts && HasChanged(directory, manifest)) continue;
            faults.ForEach(report);
            return found;
        }
    }

    private static Checkpoint? FirstGood(string directory, IEnumerable<string> names, CheckpointManifest? manifest, Action<string> report)
    {
        foreach (string name in names)
        {
            try
            {
                return Read(directory, name, manifest).Checkpoint;
            }
            catch (CheckpointException e)
            {
                report(e.Message);
            }
        }

        return null;
    }

    private static bool HasChanged(string directory, CheckpointManifest? manifest)
    {
        CheckpointManifest? now = CheckpointManifest.Read(directory, _ => { });
        return !(manifest?.Checkpoints ?? []).SequenceEqual(now?.Checkpoints ?? []);
    }
}
