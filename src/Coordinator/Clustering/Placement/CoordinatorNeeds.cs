using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>How many workers the runs of this coordinator could use.</summary>
internal sealed class CoordinatorNeeds(RunRegistry runs)
{
    /// <summary>Of each active run, as many as its iterations have chunks: more would find nothing to compute. A paused or queued run needs none.</summary>
    public IReadOnlyList<int> List() => [.. runs.List().Select(run => run.Snapshot).Where(run => run.State.IsActive()).Select(run => Of(run.Configuration))];

    private static int Of(RunConfiguration configuration) => MetaBatch.Cut(configuration.Outer.TasksPerIteration, configuration.Chunk.Tasks).Count;
}
