using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Faults of a silo as people see them.</summary>
internal static class SiloFaults
{
    /// <summary>
    /// Whether a coordinator was not started since the others do not have its silo: they did not answer it for as long as Orleans tries, or
    /// could not reach it either and took it for dead, which cancels its start.
    /// </summary>
    public static bool IsOfTheOthers(CoordinatorOptions options, Exception fault) =>
        options.Cluster.Kind == ClusterKind.Orleans && fault is (OrleansException or OperationCanceledException);

    /// <summary>Why a silo has not come to be one of the cluster's.</summary>
    public static string Explain(CoordinatorOptions options)
    {
        string shown = options.Cluster.Silo.CertificateFile is { } file ? $"the certificate in '{file}'" : "no certificate (cluster.silo)";
        return $"The silo of this coordinator, which shows {shown}, cannot join the other coordinators of cluster '{options.Cluster.Name}': they do not answer it, or refuse it. "
            + "Expected that their silos' ports (cluster.siloPort) are reached from here, and this one's from there, and that all of them have certificates of the same authorities, "
            + "or none; the others' logs say whom they refuse.";
    }
}
