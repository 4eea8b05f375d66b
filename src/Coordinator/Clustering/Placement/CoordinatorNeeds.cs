using System.Collections.Immutable;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>How many workers this coordinator could use.</summary>
/// <param name="runs">Its runs.</param>
/// <param name="dispatcher">Its rounds.</param>
internal sealed class CoordinatorNeeds(RunRegistry runs, RoundDispatcher dispatcher)
{
    /// <summary>
    /// Of each active run, as many as its iterations have chunks: more would find nothing to compute. A paused or queued run needs none. What
    /// clients ask for besides, evaluations and adaptations, needs as many as its round has.
    /// </summary>
    public ImmutableArray<int> List()
    {
        RunSnapshot[] active = [.. runs.List().Select(run => run.Snapshot).Where(run => run.State.IsActive())];
        HashSet<string> ids = [.. active.Select(run => run.RunId)];
        IEnumerable<int> others = dispatcher.ListRounds()
            .Where(round => !ids.Contains(round.Run.RunId))
            .GroupBy(round => round.Run.RunId, round => round.Chunks.Count, StringComparer.Ordinal)
            .Select(rounds => rounds.Max());
        return [.. active.Select(run => Of(run.Configuration)), .. others];
    }

    private static int Of(RunConfiguration configuration) => MetaBatch.Cut(configuration.Outer.TasksPerIteration, configuration.Chunk.Tasks).Count;
}
