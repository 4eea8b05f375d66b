using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>
/// Writes a run's files. A disk that is full or read-only does not end a run: it is said in the run's state and in the log, and
/// writing is tried again with growing delays, for each kind of file by itself. For the run's own loop.
/// </summary>
internal sealed class RunStorage(Run run, StorageMetrics metrics, TimeProvider time, ILogger<RunStorage> logger)
{
    private readonly StorageFaults _faults = new(run);
    private readonly Dictionary<string, FailedWrite> _failed = [];
    private bool _isAnothers;

    /// <summary>Time until the next attempt is due; null when nothing has failed.</summary>
    public TimeSpan? NextAttempt
    {
        get
        {
            TimeSpan? next = null;
            foreach (FailedWrite failed in _failed.Values)
            {
                TimeSpan rest = RestOf(failed);
                if (next is null || rest < next) next = rest;
            }

            return next;
        }
    }

    /// <summary>Notes that a table cannot be written, or can be again. May be called by any thread.</summary>
    public void Report(TableFault fault)
    {
        logger.Report(run.RunId, fault);
        if (fault.IsOver)
        {
            _faults.Remove(fault.Path);
            return;
        }

        metrics.Failed("table");
        _faults.Add(fault.Path, fault.Message);
    }

    /// <summary>Whether the last attempt failed and the next is not due yet.</summary>
    public bool IsResting(string what) => _failed.TryGetValue(what, out FailedWrite? failed) && RestOf(failed) > TimeSpan.Zero;

    /// <summary>Writes something now.</summary>
    /// <param name="what">The kind of file, one of a few words for people.</param>
    /// <param name="write">Writes it, whole or not at all.</param>
    /// <returns>Whether it is written.</returns>
    public bool TryWrite(string what, Action write)
    {
        try
        {
            write();
        }
        catch (StaleEpochException e)
        {
            // The run leaves; what others do with it is no fault of its own.
            _isAnothers = true;
            logger.Refused(run.RunId, what, e.Message);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failed.TryGetValue(what, out FailedWrite? failed)) _failed.Add(what, failed = new FailedWrite());
            failed.Add(time.GetTimestamp());
            metrics.Failed(what);
            logger.NotWritten(run.RunId, what, e.Message, failed.Delay.TotalSeconds);
            _faults.Add(what, $"Its {what} cannot be written: {e.Message}.");
            return false;
        }

        if (!_failed.Remove(what)) return true;
        logger.WrittenAgain(run.RunId, what);
        _faults.Remove(what);
        return true;
    }

    /// <summary>Writes something, however long that takes.</summary>
    /// <param name="what">The kind of file, one of a few words for people.</param>
    /// <param name="write">Writes it, whole or not at all.</param>
    /// <param name="giveUp">Ends the attempts, after a last one.</param>
    /// <returns>Whether it is written.</returns>
    public async Task<bool> WriteAsync(string what, Action write, CancellationToken giveUp)
    {
        while (!TryWrite(what, write))
        {
            if (_isAnothers) return false;
            await Task.Delay(_failed[what].Delay, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (giveUp.IsCancellationRequested) return TryWrite(what, write);
        }

        return true;
    }

    private TimeSpan RestOf(FailedWrite failed)
    {
        TimeSpan rest = failed.Delay - time.GetElapsedTime(failed.At);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
