using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Who stands where workers dial in, and lets them in or sends them to another coordinator.</summary>
internal interface IWorkerDoor
{
    /// <summary>Where a worker should go instead; null where it is let in.</summary>
    Redirect? Answer(Hello hello);
}
