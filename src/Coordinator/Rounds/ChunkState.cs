namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What is known about a chunk that has not been accepted yet.</summary>
/// <param name="index">Position in the round, from 0.</param>
internal sealed class ChunkState(int index)
{
    private HashSet<string>? _failedBy;

    /// <summary>Position in the round, from 0.</summary>
    public int Index => index;

    /// <summary>How often a worker failed to compute it.</summary>
    public int Failures { get; private set; }

    /// <summary>The worker that held it last and lost it.</summary>
    public string? LostBy { get; set; }

    /// <summary>Whether a worker has failed to compute it before.</summary>
    public bool HasFailedOn(string worker) => _failedBy is not null && _failedBy.Contains(worker);

    /// <summary>Counts a failure.</summary>
    public void AddFailure(string worker)
    {
        Failures++;
        (_failedBy ??= []).Add(worker);
    }
}
