using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>
/// Writes a run's files. A disk that is full or read-only does not end a run: it is said in the run's state and in the log, once, and
/// writing is tried again with growing delays. For the run's own loop.
/// </summary>
internal sealed class RunStorage(Run run, StorageMetrics metrics, TimeProvider time, ILogger<RunStorage> logger)
{
    // Whatever is written by this class is tried in turn, so it has one fault at a time.
    private const string What = "";

    private readonly StorageFaults _faults = new(run);
    private readonly RetryDelays _delays = new();
    private long _failedAt;
    private TimeSpan? _delay;

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
    public bool IsResting => _delay is { } delay && time.GetElapsedTime(_failedAt) < delay;

    /// <summary>Writes something now.</summary>
    /// <param name="what">What is written, one of a few words for people.</param>
    /// <param name="write">Writes it, whole or not at all.</param>
    /// <returns>Whether it is written.</returns>
    public bool TryWrite(string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            metrics.Failed(what);
            _failedAt = time.GetTimestamp();
            _delay = _delays.Next();
            logger.NotWritten(run.RunId, what, e.Message, _delay.Value.TotalSeconds);
            _faults.Add(What, $"Its {what} cannot be written: {e.Message}.");
            return false;
        }

        if (_delay is null) return true;
        _delay = null;
        _delays.Reset();
        logger.WrittenAgain(run.RunId, what);
        _faults.Remove(What);
        return true;
    }

    /// <summary>Writes something, however long that takes.</summary>
    /// <param name="what">What is written, for people.</param>
    /// <param name="write">Writes it, whole or not at all.</param>
    /// <param name="giveUp">Ends the attempts.</param>
    /// <returns>Whether it is written.</returns>
    public async Task<bool> WriteAsync(string what, Action write, CancellationToken giveUp)
    {
        while (!TryWrite(what, write))
        {
            await Task.Delay(_delay!.Value, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (giveUp.IsCancellationRequested) return TryWrite(what, write);
        }

        return true;
    }
}
