using Maml.Cluster.Coordinator.Runs.Homes;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Copies of runs that are over, fetched for who wants to compute with their checkpoints.</summary>
internal sealed class RunCopies(IRunHome home)
{
    /// <summary>The run that a request is about: the one that it names, or the one whose checkpoint it names.</summary>
    public static string? RunOf(string? runId, string? checkpoint) => runId ?? checkpoint?.Split('/', 2)[0];

    /// <summary>Makes sure that a run's checkpoints are in this coordinator's folder of runs.</summary>
    public Task FetchAsync(string runId, CancellationToken cancellationToken) => home.OpenAsync(runId, cancellationToken);
}
