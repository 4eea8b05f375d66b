namespace Maml.Cluster.Shared.Configuration;

/// <summary>How a meta-batch is cut. It decides the order of summation, so it is a part of the run and not of the machine.</summary>
public sealed record ChunkConfiguration
{
    /// <summary>Tasks in a chunk; the last chunk may hold fewer. 4 by default: enough to batch, small enough to spread.</summary>
    public int Tasks { get; init; } = 4;
}
