using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Sends workers that dial in to where they are needed most, as the newest directions say. Safe for use by several threads.</summary>
/// <param name="identity">This coordinator.</param>
/// <param name="metrics">Counts whom it sends on.</param>
internal sealed class WorkerDoor(CoordinatorIdentity identity, ClusterMetrics metrics) : IWorkerDoor
{
    private readonly Lock _gate = new();
    private readonly Queue<Uri> _arrivals = new();

    /// <summary>Takes in where the next workers should go.</summary>
    public void Follow(PlacementDirections directions)
    {
        lock (_gate)
        {
            _arrivals.Clear();
            foreach (Uri arrival in directions.Arrivals) _arrivals.Enqueue(arrival);
        }
    }

    /// <inheritdoc/>
    public Redirect? Answer(Hello hello)
    {
        lock (_gate)
        {
            // Who was sent here stays: two coordinators whose directions are not equally new might send it to and fro.
            if (hello.Redirected || !_arrivals.TryDequeue(out Uri? address) || address == identity.Address) return null;
            metrics.Redirected(RedirectPoint.Door);
            return new Redirect { Address = address.OriginalString, Reason = "its runs need a worker more" };
        }
    }
}
