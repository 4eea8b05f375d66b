using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Maml.Cluster.Shared.Security;

/// <summary>A certificate with its key and the certificates between it and its authority.</summary>
public sealed class PemCertificate
{
    private PemCertificate(X509Certificate2 leaf, X509Certificate2Collection others)
    {
        Leaf = leaf;
        Context = SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    /// <summary>The certificate, with its key.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>What TLS presents.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads a pair.</summary>
    /// <exception cref="SecurityFileException">It cannot be used, or the key is of another certificate.</exception>
    internal static PemCertificate Parse(string certificatePath, byte[] certificate, string keyPath, byte[] key)
    {
        X509Certificate2Collection chain = PemText.Certificates(certificatePath, certificate);
        try
        {
            // The first is the host's own, as every server expects its chain.
            X509Certificate2 leaf = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
            chain.RemoveAt(0);
            return new PemCertificate(leaf, chain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new SecurityFileException(
                $"'{keyPath}' holds no key that fits the first certificate in '{certificatePath}', expected an unencrypted PEM key of it: {e.Message}", e);
        }
    }
}
