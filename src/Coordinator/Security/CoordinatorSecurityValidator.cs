using System.Net;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>Says what is wrong with who gets in. Reads no file.</summary>
internal static class CoordinatorSecurityValidator
{
    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorOptions options, List<string> faults)
    {
        CoordinatorSecurityOptions security = options.Security;
        if (security.CertificateFile is null != security.KeyFile is null)
            faults.Add($"CertificateFile: found certificate '{security.CertificateFile}' and key '{security.KeyFile}', expected both or neither (--certificate, --key).");
        if (security is { TokensFile: not null, Tokens: not null })
            faults.Add($"TokensFile: found '{security.TokensFile}' and tokens besides (MAML_TOKENS), expected one of the two.");
        if (security is { ClientAuthorityFile: not null, CertificateFile: null })
        {
            faults.Add(
                $"ClientAuthorityFile: found '{security.ClientAuthorityFile}' but no certificate of the coordinator's own, which client certificates need. "
                + "Set it with --certificate and --key.");
        }

        CheckAddress(options, faults);
    }

    private static void CheckAddress(CoordinatorOptions options, List<string> faults)
    {
        if (!IPAddress.TryParse(options.ListenAddress, out IPAddress? address))
        {
            faults.Add($"ListenAddress: found '{options.ListenAddress}', expected an IP address such as 127.0.0.1.");
            return;
        }

        if (IPAddress.IsLoopback(address) || options.InsecureAllowRemote) return;
        var lacks = new List<string>();
        if (options.Security.CertificateFile is null) lacks.Add("encrypted (--certificate, --key)");
        if (!options.Security.AsksForCredentials) lacks.Add("authenticated (--tokens or --client-ca)");
        if (lacks.Count == 0) return;
        faults.Add(
            $"ListenAddress: found {address}, expected a loopback address, since traffic is not {string.Join(" and not ", lacks)}. "
            + "Give what is missing, or on a network that you trust allow it with --insecure-allow-remote.");
    }
}
