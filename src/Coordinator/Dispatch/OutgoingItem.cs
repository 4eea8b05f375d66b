using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Something to be sent to a worker.</summary>
internal abstract record OutgoingItem
{
    /// <summary>A message as it stands.</summary>
    internal sealed record Message(CoordinatorMessage Content) : OutgoingItem;

    /// <summary>A chunk; what it needs is sent before it where the worker lacks it. Holds its version of θ until it is sent.</summary>
    internal sealed record Lease(LeaseGrant Grant, CoordinatorMessage Content) : OutgoingItem
    {
        /// <summary>What the chunk is part of.</summary>
        public RoundWork Work => Grant.Round.Work;
    }

    /// <summary>A run has ended.</summary>
    internal sealed record Forget(string RunId) : OutgoingItem;
}
