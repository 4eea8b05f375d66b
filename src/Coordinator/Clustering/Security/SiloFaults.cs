using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Faults of a silo as people see them.</summary>
internal static class SiloFaults
{
    /// <summary>Why a silo has not come to be one of the cluster's.</summary>
    public static string Explain(CoordinatorOptions options, Exception fault)
    {
        string shown = options.Cluster.Silo.CertificateFile is { } file ? $"the certificate in '{file}'" : "no certificate (cluster.silo)";
        return $"The silo of this coordinator, which shows {shown}, cannot join the other coordinators of cluster '{options.Cluster.Name}': they do not answer it, or refuse it. "
            + "Expected that their silos' ports (cluster.siloPort) are reached from here, and this one's from there, and that all of them have certificates of the same authorities, "
            + $"or none; the others' logs say whom they refuse. Orleans says: {fault.Message}";
    }
}
