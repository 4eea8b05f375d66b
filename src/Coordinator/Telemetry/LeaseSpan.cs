using System.Diagnostics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>The span of a lease, from its grant to its end; its worker's span is within.</summary>
internal static class LeaseSpan
{
    /// <summary>Begins it; null where the round is not traced.</summary>
    /// <param name="round">The trace of the round.</param>
    /// <param name="leaseId">The lease.</param>
    /// <param name="chunk">Position of the chunk.</param>
    /// <param name="tasks">Tasks of the chunk.</param>
    /// <param name="worker">Name of its worker.</param>
    public static Activity? Start(ActivityContext round, ulong leaseId, int chunk, int tasks, string worker) =>
        CoordinatorTracing.StartApart("chunk", ActivityKind.Client, round)?
            .SetTag("maml.lease", leaseId).SetTag("maml.chunk", chunk).SetTag("maml.tasks", tasks).SetTag("maml.worker", worker);

    /// <summary>Ends it.</summary>
    public static void End(Activity? span, LeaseOutcome outcome)
    {
        if (span is null) return;
        span.SetTag("maml.outcome", TagNames.Of(outcome.ToString()));
        if (outcome is LeaseOutcome.Failed or LeaseOutcome.Lost or LeaseOutcome.Expired or LeaseOutcome.Quarantined)
            span.SetStatus(ActivityStatusCode.Error);
        CoordinatorTracing.EndApart(span);
    }
}
