using System.Net;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>Says what is wrong with the options of a cluster.</summary>
internal static class ClusteringOptionsValidator
{
    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorOptions options, List<string> faults)
    {
        ClusteringOptions cluster = options.Cluster;
        CheckTimes(cluster, faults);
        if (string.IsNullOrWhiteSpace(cluster.Name)) faults.Add("Cluster.Name: found nothing, expected the name of the cluster.");
        if (cluster.SiloPort is < 1 or > IPEndPoint.MaxPort) faults.Add($"Cluster.SiloPort: found {cluster.SiloPort}, expected 1 to {IPEndPoint.MaxPort}.");
        if (cluster.SiloAddress is { } address && !IPAddress.TryParse(address, out _))
            faults.Add($"Cluster.SiloAddress: found '{address}', expected an IP address such as 10.0.0.7.");
        PeerOptionsValidator.Validate(options, faults);
        SiloSecurityValidator.Validate(options, faults);
    }

    private static void CheckTimes(ClusteringOptions cluster, List<string> faults)
    {
        CoordinatorOptionsValidator.CheckDuration("Cluster.Lease", cluster.Lease, faults);
        CoordinatorOptionsValidator.CheckDuration("Cluster.RenewInterval", cluster.RenewInterval, faults);
        CoordinatorOptionsValidator.CheckDuration("Cluster.HaltMargin", cluster.HaltMargin, faults);
        CoordinatorOptionsValidator.CheckDuration("Cluster.WakeInterval", cluster.WakeInterval, faults);
        if (cluster.RenewInterval * 2 + cluster.HaltMargin > cluster.Lease)
        {
            faults.Add(
                $"Cluster.Lease: found {cluster.Lease}, expected at least twice Cluster.RenewInterval ({cluster.RenewInterval}) and Cluster.HaltMargin ({cluster.HaltMargin}), "
                + "since one renewal may be lost.");
        }
    }
}
