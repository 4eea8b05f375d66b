using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Says what is wrong with how coordinators reach one another: <c>cluster.advertisedAddress</c> and <c>cluster.peers</c>. Reads no file.</summary>
internal static class PeerOptionsValidator
{
    private const string Example = "https://maml-coordinator-0.maml-coordinators:5100";

    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorOptions options, List<string> faults)
    {
        Uri? address = ClusteringServices.AddressOf(options);
        if (address is not null) CheckAddress(address, options, faults);
        else if (options.Cluster.Kind == ClusterKind.Orleans)
        {
            faults.Add(
                $"Cluster.AdvertisedAddress: found nothing beside {options.ListenAddress}, port {options.Port}, expected the address at which other coordinators and workers "
                + $"reach this one, such as {Example}.");
        }

        CheckCredentials(options.Cluster.Peers, address, faults);
        if (options.Cluster.Kind == ClusterKind.Orleans) CheckCertificatesCanBePassedOn(options, faults);
    }

    private static void CheckAddress(Uri address, CoordinatorOptions options, List<string> faults)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.UserInfo.Length > 0)
        {
            // A password has no place here, and none in a message.
            string shown = address is { IsAbsoluteUri: true, UserInfo.Length: > 0 } ? "an address with a user or password" : $"'{address}'";
            faults.Add($"Cluster.AdvertisedAddress: found {shown}, expected one such as {Example}.");
        }
        else if (address.Scheme == Uri.UriSchemeHttp && options.Security.CertificateFile is not null)
        {
            faults.Add($"Cluster.AdvertisedAddress: found '{address}', but this coordinator serves TLS (--certificate), expected an address such as {Example}.");
        }
        else if (address.Scheme == Uri.UriSchemeHttp && !ClientCredentialsValidator.IsLoopback(address) && !options.InsecureAllowRemote)
        {
            faults.Add(
                $"Cluster.AdvertisedAddress: found '{address}', which is not this machine and not encrypted, expected an address such as {Example}, "
                + "since workers and other coordinators send tokens there. Serve TLS (--certificate, --key), or on a network that you trust allow it with --insecure-allow-remote.");
        }
    }

    private static void CheckCredentials(ClientCredentials peers, Uri? address, List<string> faults)
    {
        if (peers is { TokenFile: not null, Token: not null })
            faults.Add($"Cluster.Peers.TokenFile: found '{peers.TokenFile}' and a token besides (Cluster.Peers.Token), expected one of the two.");
        if (peers.CertificateFile is null != peers.KeyFile is null)
            faults.Add($"Cluster.Peers.CertificateFile: found certificate '{peers.CertificateFile}' and key '{peers.KeyFile}', expected both or neither.");
        if (address is { IsAbsoluteUri: true } && address.Scheme != Uri.UriSchemeHttps && (peers.CertificateFile ?? peers.AuthorityFile) is { } file)
        {
            faults.Add(
                $"Cluster.Peers: found '{file}', but coordinators reach one another at '{address}', which is not encrypted; expected an address such as {Example} "
                + "(cluster.advertisedAddress, --certificate), or no certificates here.");
        }
    }

    private static void CheckCertificatesCanBePassedOn(CoordinatorOptions options, List<string> faults)
    {
        ClientCredentials peers = options.Cluster.Peers;
        bool showsToken = options.Security is { TokensFile: not null } or { Tokens: not null } && peers is { TokenFile: not null } or { Token: not null };
        if (options.Security.ClientAuthorityFile is not { } authority || peers.CertificateFile is not null || showsToken) return;
        faults.Add(
            $"Cluster.Peers.CertificateFile: found nothing, but callers may show certificates ('{authority}'), whose calls no other coordinator would answer. "
            + "Expected a client certificate with the OU operator as cluster.peers.certificateFile and cluster.peers.keyFile.");
    }
}
