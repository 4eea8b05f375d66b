using System.Net;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Says what is wrong with whom silos trust. Reads no file.</summary>
internal static class SiloSecurityValidator
{
    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorOptions options, List<string> faults)
    {
        SiloSecurityOptions silo = options.Cluster.Silo;
        string?[] files = [silo.CertificateFile, silo.KeyFile, silo.AuthorityFile];
        if (files.Any(file => file is null) && files.Any(file => file is not null))
        {
            faults.Add(
                $"Cluster.Silo: found certificateFile '{silo.CertificateFile}', keyFile '{silo.KeyFile}' and authorityFile '{silo.AuthorityFile}', "
                + "expected all three or none, since each silo shows a certificate and checks the others'.");
        }

        if (options.Cluster.Kind != ClusterKind.Orleans || silo.IsEncrypted || silo.InsecureAllowRemote) return;
        string found = options.Cluster.SiloAddress ?? options.ListenAddress;
        if (!IPAddress.TryParse(found, out IPAddress? address) || IPAddress.IsLoopback(address)) return;
        faults.Add(
            $"Cluster.Silo: found no certificates for the silo at {address}, expected a loopback address, since whoever reaches a silo in plain text rules the cluster. "
            + "Set cluster.silo.certificateFile, cluster.silo.keyFile and cluster.silo.authorityFile, "
            + "or where nobody but coordinators reaches its port allow it with cluster.silo.insecureAllowRemote.");
    }
}
