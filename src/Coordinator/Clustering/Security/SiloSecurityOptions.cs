namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>
/// Whom the silos of a cluster trust: the section <c>cluster.silo</c> of a coordinator's configuration. Orleans' protocol knows no
/// callers and lets whoever speaks it do anything, so on any address but loopback both sides show certificates, or it is allowed
/// explicitly that they do not.
/// </summary>
public sealed record SiloSecurityOptions
{
    /// <summary>
    /// PEM file of this silo's certificate, those between it and its authority after it. It is for servers and for clients, and its OU
    /// is <c>coordinator</c>. None by default: plain text.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the certificate's key, unencrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file of the authorities that the other silos' certificates must come from.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Allows an address other than loopback without certificates. Off by default: whoever reaches the port then rules the cluster.</summary>
    public bool InsecureAllowRemote { get; init; }

    /// <summary>Whether silos talk over TLS.</summary>
    public bool IsEncrypted => CertificateFile is not null;
}
