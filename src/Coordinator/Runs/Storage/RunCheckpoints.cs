using Maml.Cluster.Coordinator.Checkpoints;

namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>Decides when a run's checkpoints are written. For the run's own loop.</summary>
/// <param name="storage">Tries again where writing fails.</param>
/// <param name="save">Writes a checkpoint, whole or not at all.</param>
/// <param name="every">Iterations between two of them; 0 for none but the last.</param>
internal sealed class RunCheckpoints(RunStorage storage, Action<Checkpoint> save, long every)
{
    private const string What = "checkpoint";

    private long _lastSaved = -1;
    private bool _isOwed;

    /// <summary>Notes that an iteration's checkpoint is there already.</summary>
    public void Assume(long iteration) => _lastSaved = iteration;

    /// <summary>Writes the checkpoint of an iteration where one is due, or one before it could not be written.</summary>
    /// <param name="iteration">Iterations done.</param>
    /// <param name="create">Creates the checkpoint.</param>
    public void SaveIfDue(long iteration, Func<Checkpoint> create)
    {
        if (!IsDue(iteration)) return;
        _isOwed = true;
        if (!storage.IsResting(What)) Save(iteration, create);
    }

    /// <summary>Whether a checkpoint is due after an iteration, or owed from one before.</summary>
    public bool IsDue(long iteration) => _isOwed || (every > 0 && iteration % every == 0);

    /// <summary>Writes the checkpoint of an iteration now.</summary>
    /// <returns>Whether it is there.</returns>
    public bool Save(long iteration, Func<Checkpoint> create)
    {
        if (_lastSaved == iteration) return true;
        if (!storage.TryWrite(What, () => save(create()))) return false;
        Assume(iteration);
        _isOwed = false;
        return true;
    }

    /// <summary>Writes the checkpoint of an iteration, however long that takes.</summary>
    /// <returns>Whether it is there; false only when given up.</returns>
    public async Task<bool> SaveAsync(long iteration, Func<Checkpoint> create, CancellationToken giveUp)
    {
        if (_lastSaved == iteration) return true;
        if (!await storage.WriteAsync(What, () => save(create()), giveUp)) return false;
        Assume(iteration);
        return true;
    }
}
