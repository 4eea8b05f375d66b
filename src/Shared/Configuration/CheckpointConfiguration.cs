namespace Maml.Cluster.Shared.Configuration;

/// <summary>When checkpoints are written and how many are kept. One is always written after the last iteration.</summary>
public sealed record CheckpointConfiguration
{
    /// <summary>Iterations between checkpoints. 500 by default: a minute or two of work on a CPU.</summary>
    public long Every { get; init; } = 500;

    /// <summary>How many of the newest are kept. 3 by default: the newest may be damaged, and so may the one before.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>
    /// How many of those with the best evaluation are kept besides: by accuracy, or by loss for regression. 1 by default: training may
    /// get worse again, and one file costs little. 0 keeps none. One without an evaluation of its own iteration never counts.
    /// </summary>
    public int KeepBest { get; init; } = 1;
}
