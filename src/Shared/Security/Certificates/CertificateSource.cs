namespace Maml.Cluster.Shared.Security;

/// <summary>
/// A certificate and its key from two PEM files, read again when they change. A pair that cannot be used, half of a new one for
/// instance, leaves the old one in use. Safe for use by several threads.
/// </summary>
public sealed class CertificateSource
{
    private readonly string _certificatePath;
    private readonly ReloadedFiles<PemCertificate> _files;
    private readonly ExpiryReminder _reminder;

    /// <summary>Reads the pair.</summary>
    /// <param name="certificatePath">The certificate, and those between it and its authority after it.</param>
    /// <param name="keyPath">Its key, unencrypted.</param>
    /// <param name="reports">Told of changes and of certificates that expire.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SecurityFileException">The pair cannot be used.</exception>
    public CertificateSource(string certificatePath, string keyPath, ISecurityReports reports, TimeProvider time)
    {
        _certificatePath = certificatePath;
        _files = new ReloadedFiles<PemCertificate>(
            [certificatePath, keyPath], contents => PemCertificate.Parse(certificatePath, contents[0], keyPath, contents[1]), reports, time);
        _reminder = new ExpiryReminder(reports, time);
        _reminder.Check(_files.Current.Leaf, certificatePath);
    }

    /// <summary>The newest pair.</summary>
    public PemCertificate Current => _files.Current;

    /// <summary>Looks for changes and at the date now.</summary>
    public void Refresh()
    {
        _files.Refresh();
        _reminder.Check(_files.Current.Leaf, _certificatePath);
    }
}
