using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Says what is wrong with the files of <c>cluster.peers</c>, and whether a coordinator that is set up as this one would let them in.</summary>
internal static class PeerCredentialsCheck
{
    /// <summary>One complete message for each fault.</summary>
    public static IEnumerable<string> FaultsOf(CoordinatorOptions options, TimeProvider time)
    {
        var silent = new SilentReports();
        string[] faults = [.. ClientCredentialsFiles.FaultsOf(options.Cluster.Peers, silent, time).Select(fault => $"Cluster.Peers: {fault}")];
        return faults.Length > 0 ? faults : [.. new[] { FaultOfCertificate(options, silent, time), FaultOfToken(options, silent, time) }.OfType<string>()];
    }

    private static string? FaultOfToken(CoordinatorOptions options, SilentReports silent, TimeProvider time)
    {
        string? token = options.Cluster.Peers switch
        {
            { TokenFile: { } file } => ClientToken.OfFile(file, silent, time).Current,
            { Token: { } given } => ClientToken.OfText(given, "Cluster.Peers.Token").Current,
            _ => null,
        };
        TokenList? accepted = null;
        _ = SecurityFileException.FaultOf(() => accepted = options.Security switch
        {
            { TokensFile: { } file } => TokenSource.OfFile(file, silent, time).Current,
            { Tokens: { } text } => TokenSource.OfText(text, "MAML_TOKENS").Current,
            _ => null,
        });
        if (token is null || accepted is null) return null;
        return accepted.Identify(token) switch
        {
            { Role: Role.Operator } => null,
            { } caller => $"Cluster.Peers.TokenFile: found the token of a {Roles.ToWord(caller.Role)}, expected an operator's, since any caller's call may have to be passed on.",
            null => "Cluster.Peers.TokenFile: found a token that a coordinator as this one does not know, expected an operator's.",
        };
    }

    private static string? FaultOfCertificate(CoordinatorOptions options, SilentReports silent, TimeProvider time)
    {
        if (options.Cluster.Peers is not { CertificateFile: { } file, KeyFile: { } key }) return null;
        X509Certificate2 certificate = new CertificateSource(file, key, silent, time).Current.Leaf;
        (Caller? caller, string? roleFault) = CertificateRole.Read(certificate);
        if (caller?.Role != Role.Operator)
        {
            return $"Cluster.Peers.CertificateFile: {roleFault ?? $"'{file}' is of a {Roles.ToWord(caller!.Role)} ('{certificate.Subject}')."} "
                + "Expected one with the OU operator, since any caller's call may have to be passed on.";
        }

        string? fault = null;
        if (options.Security.ClientAuthorityFile is { } authority)
            _ = SecurityFileException.FaultOf(() => fault = new AuthoritySource(authority, silent, time).FaultOfClient(certificate));
        return fault is null
            ? null
            : $"Cluster.Peers.CertificateFile: '{file}' ('{certificate.Subject}') does not come from the authorities in '{options.Security.ClientAuthorityFile}': {fault}. "
                + "Expected one that a coordinator as this one lets in.";
    }
}
