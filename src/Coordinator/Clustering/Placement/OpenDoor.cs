using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Lets everybody in: there is no other coordinator.</summary>
internal sealed class OpenDoor : IWorkerDoor
{
    /// <inheritdoc/>
    public Redirect? Answer(Hello hello) => null;
}
