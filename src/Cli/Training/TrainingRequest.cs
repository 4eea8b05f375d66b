using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Training;

/// <summary>What to train, and on what.</summary>
/// <param name="Start">A new run, or an earlier one.</param>
/// <param name="Cluster">The coordinator and workers to start for it.</param>
internal sealed record TrainingRequest(TrainingStart Start, LocalClusterOptions Cluster);
