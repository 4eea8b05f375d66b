using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>Which addresses may be dialled because a coordinator says so: those that could have been configured, and as closed as the configured one.</summary>
/// <param name="home">The configured address.</param>
/// <param name="credentials">What is shown there.</param>
/// <param name="insecureAllowRemote">Whether plain text may leave this machine.</param>
public sealed class RedirectRules(Uri home, ClientCredentials credentials, bool insecureAllowRemote)
{
    /// <summary>Where a coordinator sends us.</summary>
    /// <exception cref="ProtocolException">It must not be dialled.</exception>
    public Uri Read(Redirect redirect)
    {
        ArgumentNullException.ThrowIfNull(redirect);
        if (!Uri.TryCreate(redirect.Address, UriKind.Absolute, out Uri? address))
            throw new ProtocolException($"The coordinator sends us to '{redirect.Address}'; expected an address such as {home}.");
        return FaultOf(address) is { } fault ? throw new ProtocolException($"The coordinator sends us to '{redirect.Address}', which is not dialled: {fault}") : address;
    }

    /// <summary>Those of a cluster's addresses that may be dialled.</summary>
    public IEnumerable<Uri> Read(CoordinatorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        foreach (string text in list.Addresses)
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && FaultOf(address) is null) yield return address;
    }

    /// <summary>Why an address must not be dialled; null where it may be.</summary>
    public string? FaultOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (home.Scheme == Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttps) return "it is not encrypted, and the configured address is.";
        IReadOnlyList<string> faults = ClientCredentialsValidator.Validate(address, credentials, insecureAllowRemote);
        return faults.Count > 0 ? faults[0] : null;
    }
}
