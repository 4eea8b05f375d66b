using System.Net;

namespace Maml.Cluster.Shared.Security;

/// <summary>Says whether a coordinator may be dialled, and with what.</summary>
public static class ClientCredentialsValidator
{
    /// <summary>Everything that is wrong; empty when the coordinator can be dialled. Reads no file.</summary>
    /// <param name="coordinator">Its address.</param>
    /// <param name="credentials">What is shown.</param>
    /// <param name="insecureAllowRemote">Whether plain text may leave this machine.</param>
    public static IReadOnlyList<string> Validate(Uri coordinator, ClientCredentials credentials, bool insecureAllowRemote)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        ArgumentNullException.ThrowIfNull(credentials);
        var faults = new List<string>();
        bool isEncrypted = coordinator.IsAbsoluteUri && coordinator.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !(coordinator.IsAbsoluteUri && coordinator.Scheme == Uri.UriSchemeHttp))
            faults.Add($"Coordinator is '{coordinator}'; expected an address such as http://127.0.0.1:5100 or https://coordinator.example:5100.");
        else if (coordinator.UserInfo.Length > 0)
            faults.Add("Coordinator holds a user or password; expected an address without. Give a token with --token-file or MAML_TOKEN.");
        if (coordinator.IsAbsoluteUri && !isEncrypted && !insecureAllowRemote && !IsLoopback(coordinator))
        {
            faults.Add(
                $"Coordinator is '{coordinator}', which is not this machine, and the connection is plain text. Use https://, "
                + "or allow it with --insecure-allow-remote where nobody else is on the network.");
        }

        if (credentials is { TokenFile: not null, Token: not null })
            faults.Add($"TokenFile is '{credentials.TokenFile}', but a token is given as well (MAML_TOKEN); expected one of the two.");
        if (credentials.Token is { } token && TokenRules.FaultOf(token.Trim()) is { } fault)
            faults.Add($"Token (MAML_TOKEN): {fault}.");
        if (credentials.CertificateFile is null != credentials.KeyFile is null)
            faults.Add($"CertificateFile is '{credentials.CertificateFile}' and KeyFile is '{credentials.KeyFile}'; expected both or neither (--client-certificate, --client-key).");
        if (!isEncrypted && (credentials.CertificateFile ?? credentials.AuthorityFile) is { } file)
            faults.Add($"Certificates are given ('{file}'), but the coordinator's address is not https://; expected https://, or neither --ca nor --client-certificate.");
        return faults;
    }

    /// <summary>Whether an address is this machine.</summary>
    public static bool IsLoopback(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? parsed) && IPAddress.IsLoopback(parsed));
    }
}
