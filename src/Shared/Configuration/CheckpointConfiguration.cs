namespace Maml.Cluster.Shared.Configuration;

/// <summary>When checkpoints are written and how many are kept. One is always written after the last iteration.</summary>
public sealed record CheckpointConfiguration
{
    /// <summary>Iterations between checkpoints. 500 by default: a minute or two of work on a CPU.</summary>
    public long Every { get; init; } = 500;

    /// <summary>How many of the newest are kept. 3 by default: the newest may be damaged, and so may the one before.</summary>
    public int Keep { get; init; } = 3;
}
