using System.Collections.Concurrent;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Runs.Storage;

namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>
/// Looks after runs on behalf of their grains: one that nobody has goes on here. It may be asked about a run by several at once, and so may
/// the wakers of other coordinators; the ledger decides. Safe for use by several threads.
/// </summary>
internal sealed class RunWaker(IRunLedger ledger, ITakeOver takeOver, TimeProvider time, ILogger<RunWaker> logger)
{
    private readonly ConcurrentDictionary<string, Task<WakeAnswer>> _waking = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FailedWrite> _failed = new(StringComparer.Ordinal);

    /// <summary>Looks after a run.</summary>
    /// <exception cref="IOException">The ledger cannot be reached.</exception>
    public async Task<WakeAnswer> WakeAsync(string runId, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource<WakeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<WakeAnswer> first = _waking.GetOrAdd(runId, mine.Task);
        if (first != mine.Task) return await first.WaitAsync(cancellationToken);
        try
        {
            mine.SetResult(await LookAsync(runId, cancellationToken));
        }
        catch (Exception e)
        {
            mine.SetException(e);
        }

        _waking.TryRemove(runId, out _);
        return await mine.Task;
    }

    private async Task<WakeAnswer> LookAsync(string runId, CancellationToken cancellationToken)
    {
        if (takeOver.IsHere(runId)) return WakeAnswer.Here;
        if (await ledger.FindAsync(runId, cancellationToken) is not { } entry) return WakeAnswer.Absent;

        // In this order: one that is over and owned is about to go on with.
        if (entry.IsOwned) return WakeAnswer.Elsewhere;
        if (!entry.IsUnfinished) return WakeAnswer.Over;
        if (_failed.TryGetValue(runId, out FailedWrite? failed) && time.GetElapsedTime(failed.At) < failed.Delay) return WakeAnswer.Waiting;
        return await GoOnAsync(entry, cancellationToken);
    }

    private async Task<WakeAnswer> GoOnAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            bool isHere = await takeOver.TakeOverAsync(entry, cancellationToken);
            _failed.TryRemove(entry.RunId, out _);
            return isHere ? WakeAnswer.Here : WakeAnswer.Elsewhere;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, another coordinator may not have it: the data set may be there, or the disk not full.
            FailedWrite failed = _failed.GetOrAdd(entry.RunId, _ => new FailedWrite());
            failed.Add(time.GetTimestamp());
            logger.CannotGoOnHere(entry.RunId, e.Message, failed.Delay.TotalSeconds);
            return WakeAnswer.Waiting;
        }
    }
}
