namespace Maml.Cluster.Coordinator.Records;

/// <summary>A run in a few figures. Property names in camel case are the file's names.</summary>
internal sealed record SummaryDocument
{
    /// <summary>The run's identifier.</summary>
    public required string Run { get; init; }

    /// <summary>The preset that it was started from; null for a file.</summary>
    public required string? Preset { get; init; }

    /// <summary>As in the configuration.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Iterations done.</summary>
    public required long Iterations { get; init; }

    /// <summary>The most workers that were attached at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Seconds spent in iterations; evaluations and checkpoints are not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Tasks trained on.</summary>
    public required long Tasks { get; init; }

    /// <summary>Tasks a second: <see cref="Tasks"/> by <see cref="Seconds"/>.</summary>
    public required double TasksPerSecond { get; init; }

    /// <summary>SHA-256 over θ as little-endian float32 in parameter order.</summary>
    public required string MetaParametersSha256 { get; init; }

    /// <summary>The newest evaluation; null when there was none.</summary>
    public required EvaluationDocument? Evaluation { get; init; }

    /// <summary>The evaluation before the first iteration; null when there was none.</summary>
    public required EvaluationDocument? InitialEvaluation { get; init; }

    /// <summary>How the run ended: completed, stopped or failed.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public required string? Fault { get; init; }

    /// <summary>Seconds from the run's start to its end, evaluations and waiting included.</summary>
    public required double WallSeconds { get; init; }
}
