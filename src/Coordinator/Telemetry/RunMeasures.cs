namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is measured of runs while they are under way.</summary>
/// <param name="Iterations">Of iterations and evaluations.</param>
/// <param name="Storage">Of files.</param>
internal sealed record RunMeasures(IterationMetrics Iterations, StorageMetrics Storage);
