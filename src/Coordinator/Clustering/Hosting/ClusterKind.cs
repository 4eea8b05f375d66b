namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>Who a coordinator shares its runs with.</summary>
public enum ClusterKind
{
    /// <summary>With nobody: runs live in its folder of runs.</summary>
    Local,

    /// <summary>With the other coordinators of an Orleans cluster: runs live in its database, and outlive any coordinator.</summary>
    Orleans,
}
