using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>What a silo shows to the others, and whom it takes for one of them. Read again when the files change.</summary>
internal sealed class SiloCertificates
{
    /// <summary>The organizational unit (OU) of silos' certificates. Silos dial pods by IP addresses, which no certificate names; this is what tells them from workers and clients of the same authority.</summary>
    public const string Unit = "coordinator";

    private readonly CertificateSource _own;
    private readonly AuthoritySource _authorities;

    /// <summary>Opens the files.</summary>
    /// <exception cref="SecurityFileException">One cannot be used.</exception>
    public SiloCertificates(SiloSecurityOptions options, ISecurityReports reports, TimeProvider time)
    {
        _own = new CertificateSource(options.CertificateFile!, options.KeyFile!, reports, time);
        _authorities = new AuthoritySource(options.AuthorityFile!, reports, time);
    }

    /// <summary>The newest certificate of this silo.</summary>
    public SslStreamCertificateContext Own => _own.Current.Context;

    /// <summary>Everything that is wrong with the files: others than these would be refused by a silo that has the same.</summary>
    public static IEnumerable<string> FaultsOf(SiloSecurityOptions options, TimeProvider time)
    {
        // What is missing is said by the validator.
        if (options is not { CertificateFile: { } file, KeyFile: not null, AuthorityFile: not null }) return [];
        var silent = new SilentReports();
        string?[] unusable =
        [
            SecurityFileException.FaultOf(() => _ = new CertificateSource(file, options.KeyFile, silent, time)),
            SecurityFileException.FaultOf(() => _ = new AuthoritySource(options.AuthorityFile, silent, time)),
        ];
        string[] faults = [.. unusable.OfType<string>().Select(fault => $"Cluster.Silo: {fault}")];
        if (faults.Length > 0) return faults;

        var certificates = new SiloCertificates(options, silent, time);
        return certificates.FaultOf(certificates._own.Current.Leaf) is { } refused
            ? [$"Cluster.Silo.CertificateFile: '{file}': {refused} The other silos would refuse it."]
            : [];
    }

    /// <summary>What is wrong with a certificate of another silo; null where it is one.</summary>
    /// <param name="certificate">What it shows.</param>
    /// <param name="others">What it shows besides, between that and its authority.</param>
    public string? FaultOf(X509Certificate2 certificate, X509Certificate2Collection? others = null)
    {
        // Each silo dials and is dialled, and one certificate serves for both.
        if ((_authorities.FaultOfServer(certificate, others) ?? _authorities.FaultOfClient(certificate, others)) is { } fault)
            return $"The certificate '{certificate.Subject}' does not come from the authorities of cluster.silo.authorityFile, or is not for servers and clients: {fault}.";
        IReadOnlyList<string> units = CertificateRole.Units(certificate);
        return units.Contains(Unit)
            ? null
            : $"The certificate '{certificate.Subject}' is not that of a coordinator: found OU '{string.Join("' and '", units)}', expected '{Unit}'.";
    }

    /// <summary>Looks for changes and at dates now.</summary>
    public void Refresh()
    {
        _own.Refresh();
        _authorities.Refresh();
    }
}
