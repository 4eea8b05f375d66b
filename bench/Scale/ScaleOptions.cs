using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Scale;

/// <summary>What is measured.</summary>
internal sealed record ScaleOptions
{
    /// <summary>Numbers of workers.</summary>
    public required IReadOnlyList<int> Workers { get; init; }

    /// <summary>Lengths of θ; the nearest that a network of two equal hidden layers can have is taken.</summary>
    public required IReadOnlyList<int> Parameters { get; init; }

    /// <summary>How long each pair is measured. A round that is under way at the end is measured to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long a worker pretends to compute a chunk.</summary>
    public required TimeSpan Compute { get; init; }

    /// <summary>Chunks of a round for each worker.</summary>
    public required int ChunksPerWorker { get; init; }

    /// <summary>Aggregators between the coordinator and the workers, each with as many of them; 0 for none.</summary>
    public int Aggregators { get; init; }

    /// <summary>Rounds before the measurement: connections, first pages of memory and compilation are behind then.</summary>
    public int WarmUpRounds { get; init; } = 3;

    /// <summary>Chunks of a group, so that each aggregator gets one a round; 0 for none.</summary>
    public int GroupFor(int workers) => Aggregators == 0 ? 0 : Math.Max(1, workers * ChunksPerWorker / Aggregators);

    /// <summary>How gradients cross the wire.</summary>
    public GradientPrecision GradientPrecision { get; init; }

    /// <summary>A file for the numbers; null for none.</summary>
    public string? CsvPath { get; init; }
}
