namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>A coordinator as the balancer sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="IsLeaving">Whether it is about to end: it keeps nobody and gets nobody.</param>
/// <param name="Needs">Of each of its active runs, the most workers that it can use at once; 1 or more.</param>
/// <param name="StarvedSince">Since when it has had active runs and not a single worker; null where it has one, or no such run.</param>
internal sealed record CoordinatorView(string Id, bool IsLeaving, IReadOnlyList<int> Needs, TimeSpan? StarvedSince = null);
