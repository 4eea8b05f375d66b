using System.Diagnostics;

namespace Maml.Cluster.Scale;

/// <summary>
/// Sees rounds begin, from the first lease of each that reaches a stub: a measurement from one beginning to another holds whole rounds,
/// and costs the coordinator nothing. Safe for use by several threads.
/// </summary>
internal sealed class RoundWatch(CoordinatorProcess coordinator)
{
    private TaskCompletionSource<RoundSample>? _asked;
    private long _newest = -1;

    /// <summary>Called with the iteration of every lease.</summary>
    public void Saw(long iteration)
    {
        long newest = Volatile.Read(ref _newest);
        if (iteration <= newest || Interlocked.CompareExchange(ref _newest, iteration, newest) != newest) return;
        if (Interlocked.Exchange(ref _asked, null) is not { } asked) return;
        asked.SetResult(new RoundSample(iteration, Stopwatch.GetTimestamp(), coordinator.ProcessorTime, LoopbackCounter.Read()));
    }

    /// <summary>Waits for the next round to begin.</summary>
    public Task<RoundSample> NextAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<RoundSample>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _asked, asked);
        return asked.Task.WaitAsync(cancellationToken);
    }
}
