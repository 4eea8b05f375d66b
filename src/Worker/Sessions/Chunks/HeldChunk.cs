using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>A chunk that this worker holds a lease on.</summary>
internal sealed class HeldChunk(ChunkLease lease, AttachedRun run, ParameterVersion theta, long arrived)
{
    private volatile bool _isRevoked;

    /// <summary>The lease.</summary>
    public ChunkLease Lease { get; } = lease;

    /// <summary>The run; without a fault.</summary>
    public AttachedRun Run { get; } = run;

    /// <summary>The θ that the lease asks for.</summary>
    public ParameterVersion Theta { get; } = theta;

    /// <summary>When it came, as a timestamp of the session's time provider.</summary>
    public long Arrived { get; } = arrived;

    /// <summary>Whether the coordinator does not want the result any more.</summary>
    public bool IsRevoked => _isRevoked;

    /// <summary>Marks the lease as void.</summary>
    public void Revoke() => _isRevoked = true;
}
