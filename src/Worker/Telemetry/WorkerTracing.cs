using System.Diagnostics;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Telemetry;

/// <summary>The worker's spans: one a chunk, within the span that the coordinator has for its lease.</summary>
internal static class WorkerTracing
{
    private static readonly ActivitySource Source = new(WorkerMetrics.Name);

    /// <summary>Begins a chunk's span; null where nobody listens or the coordinator does not trace the round.</summary>
    public static Activity? StartChunk(ChunkLease lease)
    {
        if (lease.Traceparent.Length == 0 || !Source.HasListeners()) return null;
        return ActivityContext.TryParse(lease.Traceparent, traceState: null, isRemote: true, out ActivityContext parent)
            ? Source.StartActivity("compute chunk", ActivityKind.Server, parent)?
                .SetTag("maml.run", lease.RunId).SetTag("maml.iteration", lease.Iteration).SetTag("maml.chunk", lease.ChunkIndex).SetTag("maml.tasks", lease.Tasks.Count)
            : null;
    }
}
