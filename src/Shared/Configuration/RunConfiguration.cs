namespace Maml.Cluster.Shared.Configuration;

/// <summary>What a run does, complete and validated: the same names as in a run's YAML file.</summary>
public sealed record RunConfiguration
{
    /// <summary>
    /// A short name for people; part of the run's identifier: 1 to 64 letters, digits, '-', '_' and '.'. A file without one takes
    /// the name of its source of tasks.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The only source of randomness: initial values and every task follow from it. 0 by default, so that two people get the same weights.</summary>
    public ulong Seed { get; init; }

    /// <summary>How the meta-gradient is computed. Second order by default: that is what sets MAML apart.</summary>
    public Algorithm Algorithm { get; init; } = Algorithm.Maml;

    /// <summary>
    /// What is kept of the inner steps for the second-order meta-gradient. Unrolled by default, which is faster as long as it fits the
    /// device's memory; means nothing for <see cref="Configuration.Algorithm.Fomaml"/>.
    /// </summary>
    public SecondOrder SecondOrder { get; init; } = SecondOrder.Unrolled;

    /// <summary>The network that is meta-trained.</summary>
    public required ModelConfiguration Model { get; init; }

    /// <summary>Where tasks come from and how large they are.</summary>
    public required TaskConfiguration Tasks { get; init; }

    /// <summary>The loss of support and query sets, a mean over the set. A file without one takes the only one that fits its source of tasks.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The inner loop.</summary>
    public InnerConfiguration Inner { get; init; } = new();

    /// <summary>The outer loop.</summary>
    public OuterConfiguration Outer { get; init; } = new();

    /// <summary>Evaluation on held-out tasks during training.</summary>
    public EvaluationConfiguration Evaluation { get; init; } = new();

    /// <summary>When checkpoints are written and how many are kept.</summary>
    public CheckpointConfiguration Checkpoints { get; init; } = new();

    /// <summary>How a meta-batch is cut.</summary>
    public ChunkConfiguration Chunk { get; init; } = new();
}
