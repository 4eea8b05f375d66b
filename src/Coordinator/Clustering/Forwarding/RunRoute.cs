using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Who answers for a run.</summary>
internal abstract record RunRoute
{
    /// <summary>This coordinator, which has it under way.</summary>
    internal sealed record Here : RunRoute;

    /// <summary>Another coordinator, which has it under way.</summary>
    /// <param name="Owner">That coordinator.</param>
    /// <param name="Epoch">Under which epoch.</param>
    internal sealed record Elsewhere(CoordinatorIdentity Owner, long Epoch) : RunRoute;

    /// <summary>Any coordinator, by the run's record: it is over.</summary>
    internal sealed record AtRest(LedgerEntry Entry) : RunRoute;

    /// <summary>Nobody for the moment: it is on its way from one coordinator to another.</summary>
    internal sealed record Adrift(LedgerEntry Entry) : RunRoute;
}
