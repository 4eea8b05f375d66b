using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Training;

/// <summary>What to train, and on what.</summary>
/// <param name="Chosen">The run's configuration.</param>
/// <param name="Cluster">The coordinator and workers to start for it.</param>
internal sealed record TrainingRequest(ChosenConfiguration Chosen, LocalClusterOptions Cluster);
