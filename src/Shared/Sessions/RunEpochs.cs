namespace Maml.Cluster.Shared.Sessions;

/// <summary>
/// The highest epoch that this process has seen of each run, over all its sessions: whoever comes with a lower one has lost the run to another
/// coordinator and does not know it yet. Safe for use by several threads.
/// </summary>
public sealed class RunEpochs
{
    /// <summary>How many runs are remembered, the newest. 1024: more than can be under way while a coordinator is halted, and a few kilobytes.</summary>
    public const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ulong> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Takes in that a run came under an epoch.</summary>
    /// <returns>The higher one that was seen before; null when this one is good.</returns>
    public ulong? Admit(string runId, ulong epoch)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue(runId, out ulong seen))
            {
                if (epoch < seen) return seen;
                _seen[runId] = epoch;
                return null;
            }

            // Where only one coordinator can have a run there is nothing to remember.
            if (epoch == 0) return null;
            if (_order.Count == Capacity) _seen.Remove(_order.Dequeue());
            _order.Enqueue(runId);
            _seen.Add(runId, epoch);
            return null;
        }
    }
}
