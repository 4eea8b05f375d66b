using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Maml.Cluster.Shared.Security;

/// <summary>Certificates in PEM.</summary>
internal static class PemText
{
    /// <summary>All certificates of a file, in order; at least one.</summary>
    /// <exception cref="SecurityFileException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection Certificates(string path, byte[] content)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException e)
        {
            throw new SecurityFileException($"'{path}' holds a certificate that cannot be read: {e.Message}", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new SecurityFileException($"'{path}' holds no certificate, expected PEM with '-----BEGIN CERTIFICATE-----'.");
    }
}
