using Maml.Cluster.Aggregator.Groups;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>The leases that a session holds, each relayed by a task of its own. Safe for use by several threads.</summary>
internal sealed class HeldLeases(GroupRelay relay, CancellationToken ending)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (string Run, Task Task, CancellationTokenSource Voided)> _held = [];

    /// <summary>Begins to relay a lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="run">Its run, without a fault.</param>
    /// <param name="theta">θ, held; let go of in the end.</param>
    public void Begin(ChunkLease lease, RelayedRun run, ParametersVersion theta)
    {
        lock (_gate)
        {
            foreach (ulong done in _held.Where(pair => pair.Value.Task.IsCompleted).Select(pair => pair.Key).ToArray())
            {
                _held.Remove(done, out var ended);
                ended.Voided.Dispose();
            }

            var voided = CancellationTokenSource.CreateLinkedTokenSource(ending);
            _held.Add(lease.LeaseId, (lease.RunId, RelayAsync(lease, run, theta, voided.Token), voided));
        }
    }

    /// <summary>Abandons a lease, if it is held.</summary>
    public void Void(ulong leaseId) => Cancel((id, _) => id == leaseId);

    /// <summary>Abandons the leases of a run.</summary>
    public void VoidRun(string runId) => Cancel((_, run) => run == runId);

    /// <summary>Waits until every lease is answered or abandoned. How they end is of no interest: the stream tells.</summary>
    public async Task SettleAsync()
    {
        Task[] tasks;
        lock (_gate) tasks = [.. _held.Values.Select(held => held.Task)];
        foreach (Task task in tasks) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Cancel(Func<ulong, string, bool> isMeant)
    {
        CancellationTokenSource[] voided;
        lock (_gate) voided = [.. _held.Where(pair => isMeant(pair.Key, pair.Value.Run)).Select(pair => pair.Value.Voided)];

        // Not here and now: the callbacks run what waits for it.
        foreach (CancellationTokenSource source in voided) _ = source.CancelAsync();
    }

    private async Task RelayAsync(ChunkLease lease, RelayedRun run, ParametersVersion theta, CancellationToken cancellationToken)
    {
        // Not on the loop that reads the stream, which goes on meanwhile.
        await Task.Yield();
        try
        {
            await relay.RunAsync(lease, run.Context!, theta, cancellationToken);
        }
        finally
        {
            theta.Release();
        }
    }
}
