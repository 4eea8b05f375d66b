namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What is known about a chunk, or a group of chunks that is handed out as one, that has not been accepted yet.</summary>
/// <param name="index">Position in the round, from 0; of a group, that of its first chunk.</param>
/// <param name="count">Chunks: 1, or those of a group.</param>
internal sealed class ChunkState(int index, int count = 1)
{
    private Dictionary<string, string?>? _suspects;

    /// <summary>Position in the round, from 0.</summary>
    public int Index => index;

    /// <summary>Chunks that are handed out as one.</summary>
    public int Count => count;

    /// <summary>Leases of it that run.</summary>
    public int Holders { get; set; }

    /// <summary>The lease that was granted last.</summary>
    public LeaseState? Newest { get; set; }

    /// <summary>Extra leases that it has got so far.</summary>
    public int ExtraLeases { get; set; }

    /// <summary>How often a worker failed to compute it.</summary>
    public int Failures { get; set; }

    /// <summary>How often a worker failed to compute it, let it expire, or fell silent over it.</summary>
    public int Faults { get; private set; }

    /// <summary>When it may be handed out again after a failure.</summary>
    public TimeSpan NotBefore { get; set; }

    /// <summary>Whether a worker has come to grief with it before.</summary>
    public bool IsSuspect(string name) => _suspects is not null && _suspects.ContainsKey(name);

    /// <summary>Notes that a worker came to grief with it.</summary>
    /// <param name="name">The worker's name.</param>
    /// <param name="charge">What it gets a strike for once another worker has computed the chunk; null when it has had it already.</param>
    public void AddFault(string name, string? charge)
    {
        Faults++;
        (_suspects ??= [])[name] = charge;
    }

    /// <summary>Strikes that are due now that a worker has computed the chunk: it was not the chunk's fault.</summary>
    /// <param name="by">Name of that worker, which has made good for itself.</param>
    public IEnumerable<(string Name, string Charge)> Charges(string by)
    {
        if (_suspects is null) yield break;
        foreach ((string name, string? charge) in _suspects)
            if (charge is not null && name != by) yield return (name, charge);
    }
}
