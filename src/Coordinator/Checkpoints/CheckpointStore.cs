using Maml.Cluster.Shared.Files;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// The checkpoints of one run, for the run that writes them. A file that the manifest names is never written again: a new checkpoint is
/// written first, then the manifest that names it, and only then are those deleted that the manifest no longer names. Whenever the
/// process is killed, or the disk fills up, the newest good checkpoint is there and found.
/// </summary>
internal sealed class CheckpointStore
{
    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly CheckpointRetention _retention;
    private readonly bool _higherIsBetter;
    private readonly Action<string> _report;
    private readonly HashSet<string> _superfluous = [];
    private Dictionary<long, CheckpointEntry> _entries = [];
    private (long Iteration, double Score)? _lastScore;

    private CheckpointStore(string directory, CheckpointRetention retention, bool higherIsBetter, Action<string> report)
    {
        _directory = directory;
        _retention = retention;
        _higherIsBetter = higherIsBetter;
        _report = report;
    }

    /// <summary>The newest good one; null when there is none.</summary>
    public CheckpointEntry? Newest
    {
        get
        {
            lock (_gate) return _entries.Values.MaxBy(entry => entry.Iteration);
        }
    }

    /// <summary>The one with the best score; null when none has a score.</summary>
    public CheckpointEntry? Best
    {
        get
        {
            lock (_gate) return CheckpointRetention.BestFirst(_entries.Values, _higherIsBetter).FirstOrDefault();
        }
    }

    /// <summary>
    /// Takes over a folder: reads all its checkpoints, and clears away what a killed process has left. The folder need not be there; it
    /// is made by the first <see cref="Save"/>.
    /// </summary>
    /// <param name="directory">The folder; nobody else may write there.</param>
    /// <param name="retention">Which checkpoints stay.</param>
    /// <param name="higherIsBetter">What is better: a higher score, or a lower one.</param>
    /// <param name="report">Told of each checkpoint that does not hold, of a missing or damaged manifest, and of files that cannot be deleted.</param>
    public static CheckpointStore Open(string directory, CheckpointRetention retention, bool higherIsBetter, Action<string> report)
    {
        var store = new CheckpointStore(directory, retention, higherIsBetter, report);
        AtomicFile.DeleteLeftovers(directory);
        store.Adopt();
        return store;
    }

    /// <inheritdoc cref="CheckpointFolder.ReadNewest"/>
    public static Checkpoint? ReadNewest(string directory, Action<string> report) => CheckpointFolder.ReadNewest(directory, report);

    /// <inheritdoc cref="CheckpointFolder.ReadBest"/>
    public static Checkpoint? ReadBest(string directory, Action<string> report) => CheckpointFolder.ReadBest(directory, report);

    /// <summary>
    /// Writes a checkpoint, then deletes those that are one too many. It takes the place of an earlier one of the same iteration. When it
    /// throws, all is as before and it can be called again.
    /// </summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public string Save(Checkpoint checkpoint)
    {
        lock (_gate)
        {
            long iteration = checkpoint.Iteration;
            string name = FreeName(iteration);
            string path = Path.Combine(_directory, name);
            SafetensorsFile file = CheckpointFormat.Write(checkpoint);
            double? score = _lastScore?.Iteration == iteration ? _lastScore?.Score : _entries.GetValueOrDefault(iteration)?.Score;
            var entry = new CheckpointEntry(name, iteration, file.ByteLength, HashingStream.Sha256(file.Write), score);
            try
            {
                file.WriteAtomically(path);
                Commit(entry, isNew: true);
            }
            catch
            {
                Delete(name);
                throw;
            }

            return path;
        }
    }

    /// <summary>
    /// Notes how good an iteration is, before or after its checkpoint is saved. The score is remembered even when this throws, and written
    /// with the next checkpoint.
    /// </summary>
    /// <param name="iteration">The iteration that was evaluated; one without a checkpoint has no effect.</param>
    /// <param name="score">Its score; what is not finite counts as none.</param>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Score(long iteration, double score)
    {
        if (!double.IsFinite(score)) return;
        lock (_gate)
        {
            _lastScore = (iteration, score);
            if (!_entries.TryGetValue(iteration, out CheckpointEntry? entry) || entry.Score == score) return;
            _entries[iteration] = entry with { Score = score };
            Commit(_entries[iteration], isNew: false);
        }
    }

    private void Adopt()
    {
        CheckpointManifest? manifest = CheckpointManifest.Read(_directory, _report);
        bool knowsScores = manifest?.HigherIsBetter == _higherIsBetter;
        foreach (string name in CheckpointFolder.NewestFirst(_directory, manifest))
        {
            try
            {
                CheckpointEntry entry = CheckpointFolder.Read(_directory, name, manifest).Entry;
                if (!_entries.TryAdd(entry.Iteration, knowsScores ? entry : entry with { Score = null })) _superfluous.Add(name);
            }
            catch (CheckpointException e)
            {
                _report(e.Message);
            }
        }
    }

    // Never one that the manifest names; what else may be there under the name is damaged or superfluous.
    private string FreeName(long iteration)
    {
        string? taken = _entries.GetValueOrDefault(iteration)?.File;
        return Enumerable.Range(1, 2).Select(attempt => CheckpointName.Of(iteration, attempt)).First(name => name != taken);
    }

    // One that is new stays until the next, even where there are later ones: whoever saved it was told that it is there.
    private void Commit(CheckpointEntry entry, bool isNew)
    {
        var next = new Dictionary<long, CheckpointEntry>(_entries) { [entry.Iteration] = entry };
        IReadOnlyList<CheckpointEntry> kept = _retention.Choose(next.Values, _higherIsBetter);
        if (isNew && !kept.Contains(entry)) kept = [.. kept, entry];
        new CheckpointManifest(_higherIsBetter, kept).Write(_directory);

        _superfluous.UnionWith(_entries.Values.Append(entry).Select(known => known.File));
        _superfluous.ExceptWith(kept.Select(known => known.File));
        _entries = kept.ToDictionary(known => known.Iteration);
        _superfluous.RemoveWhere(Delete);
    }

    private bool Delete(string name)
    {
        string path = Path.Combine(_directory, name);
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _report($"{path}: found that it cannot be deleted ({e.Message}), expected to, as it is no longer needed. It is tried again with the next checkpoint.");
            return false;
        }
    }
}
