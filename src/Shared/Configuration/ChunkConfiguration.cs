namespace Maml.Cluster.Shared.Configuration;

/// <summary>How a meta-batch is cut. It decides the order of summation, so it is a part of the run and not of the machine.</summary>
public sealed record ChunkConfiguration
{
    /// <summary>Tasks in a chunk; the last chunk may hold fewer. 4 by default: enough to batch, small enough to spread.</summary>
    public int Tasks { get; init; } = 4;

    /// <summary>
    /// Chunks in a group; the last group may hold fewer. Meta-gradients are added within each group first, then from group to group, so that
    /// an aggregator can add up a whole one. 0 and 1 mean no groups; 0 by default, since a cluster without aggregators gains nothing by them.
    /// </summary>
    public int Group { get; init; }
}
