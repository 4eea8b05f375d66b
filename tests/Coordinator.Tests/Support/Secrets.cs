using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>Files with certificates and tokens, and the options that name them.</summary>
internal sealed class Secrets : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Secrets()
    {
        WriteServer(Authority.IssueServer());
        File.WriteAllText(_folder.File("tokens"), string.Concat(Enum.GetValues<Role>().Select(role => $"{Roles.ToWord(role)} the-{Roles.ToWord(role)} {TokenOf(role)}\n")));
        File.WriteAllText(AuthorityFile, Authority.Pem);
    }

    public TestAuthority Authority { get; } = new();

    public string AuthorityFile => _folder.File("ca.pem");

    public CoordinatorSecurityOptions Tokens => new() { TokensFile = _folder.File("tokens") };

    public CoordinatorSecurityOptions Tls => new() { CertificateFile = _folder.File("server.pem"), KeyFile = _folder.File("server.key") };

    public CoordinatorSecurityOptions TlsAndTokens => Tls with { TokensFile = _folder.File("tokens") };

    public CoordinatorSecurityOptions TlsAndCertificates => Tls with { ClientAuthorityFile = AuthorityFile };

    public static string TokenOf(Role role) => $"{Roles.ToWord(role)}-0123456789abcdef";

    public ClientCredentials Client(Role? role) => new() { AuthorityFile = AuthorityFile, Token = role is { } known ? TokenOf(known) : null };

    public ClientCredentials Client((string Certificate, string Key) pair)
    {
        string name = Guid.NewGuid().ToString("N");
        File.WriteAllText(_folder.File($"{name}.pem"), pair.Certificate);
        File.WriteAllText(_folder.File($"{name}.key"), pair.Key);
        return new ClientCredentials { AuthorityFile = AuthorityFile, CertificateFile = _folder.File($"{name}.pem"), KeyFile = _folder.File($"{name}.key") };
    }

    /// <summary>A silo with a certificate.</summary>
    public SiloSecurityOptions Silo((string Certificate, string Key) pair)
    {
        ClientCredentials files = Client(pair);
        return new SiloSecurityOptions { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile, AuthorityFile = AuthorityFile };
    }

    public void WriteServer((string Certificate, string Key) pair)
    {
        WriteServerCertificate(pair.Certificate);
        File.WriteAllText(_folder.File("server.key"), pair.Key);
    }

    public void WriteServerCertificate(string certificate) => File.WriteAllText(_folder.File("server.pem"), certificate);

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>Options with security.</summary>
    public static Func<CoordinatorOptions, CoordinatorOptions> With(CoordinatorSecurityOptions security) => options => options with { Security = security };
}
