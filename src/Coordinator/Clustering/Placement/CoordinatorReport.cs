using System.Collections.Immutable;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>What a coordinator has and needs, as it says every second.</summary>
/// <param name="Coordinator">Which, from its start to its end.</param>
/// <param name="Address">Where workers reach it.</param>
/// <param name="IsLeaving">Whether it is about to end.</param>
/// <param name="Workers">The workers attached to it, without those that leave the cluster.</param>
/// <param name="Needs">Of each of its active runs, the most workers that it can use at once; 1 or more.</param>
[GenerateSerializer]
[Immutable]
internal sealed record CoordinatorReport(
    string Coordinator, Uri Address, bool IsLeaving, ImmutableArray<AttachedWorker> Workers, ImmutableArray<int> Needs);
