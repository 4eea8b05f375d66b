using System.Security.Cryptography;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>Certificates and tokens of one cluster, as files.</summary>
internal sealed class ClusterSecrets : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClusterAuthority _authority;
    private readonly ClusterAuthority _otherAuthority;
    private readonly Dictionary<Role, ClientCredentials> _clients;

    /// <summary>Makes them.</summary>
    /// <param name="shownBy">How callers show who they are.</param>
    public ClusterSecrets(ShownBy shownBy)
    {
        _authority = new ClusterAuthority(_folder.Path, "authority");
        _otherAuthority = new ClusterAuthority(_folder.Path, "other-authority");
        (string certificate, string key) = _authority.IssueServer("CN=coordinator");
        string[] served = ["--certificate", certificate, "--key", key, "--set", $"cluster.peers.authorityFile={_authority.File}"];
        (string silo, string siloKey) = _authority.IssueSilo("OU=coordinator, CN=coordinator");
        Silo =
        [
            "--set", $"cluster.silo.certificateFile={silo}", "--set", $"cluster.silo.keyFile={siloKey}", "--set", $"cluster.silo.authorityFile={_authority.File}",
        ];
        if (shownBy == ShownBy.Token)
        {
            _clients = Enum.GetValues<Role>().ToDictionary(role => role, _ => Show(RandomNumberGenerator.GetHexString(32)));
            Stranger = Show(RandomNumberGenerator.GetHexString(32));
            string tokens = string.Concat(_clients.Select(pair => $"{Roles.ToWord(pair.Key)} a-{Roles.ToWord(pair.Key)} {pair.Value.Token}\n"));
            File.WriteAllText(_folder.File("tokens"), tokens);
            File.WriteAllText(_folder.File("worker.token"), _clients[Role.Worker].Token);
            Coordinator = [.. served, "--tokens", _folder.File("tokens")];
            Worker = ["--ca", _authority.File, "--token-file", _folder.File("worker.token")];
        }
        else
        {
            _clients = Enum.GetValues<Role>().ToDictionary(role => role, role => Show(_authority.IssueClient($"OU={Roles.ToWord(role)}, CN=a-{Roles.ToWord(role)}")));
            Stranger = Show(_otherAuthority.IssueClient("OU=operator, CN=stranger"));
            (string peer, string peerKey) = _authority.IssueClient("OU=operator, CN=coordinator");
            Coordinator =
            [
                .. served, "--client-ca", _authority.File, "--set", $"cluster.peers.certificateFile={peer}", "--set", $"cluster.peers.keyFile={peerKey}",
            ];
            ClientCredentials worker = _clients[Role.Worker];
            Worker = ["--ca", _authority.File, "--client-certificate", worker.CertificateFile!, "--client-key", worker.KeyFile!];
        }
    }

    /// <summary>Options of a coordinator.</summary>
    public string[] Coordinator { get; }

    /// <summary>Those of its silo.</summary>
    public string[] Silo { get; }

    /// <summary>Options of a worker.</summary>
    public string[] Worker { get; }

    /// <summary>Somebody who shows what no coordinator knows.</summary>
    public ClientCredentials Stranger { get; }

    /// <summary>Somebody who shows nothing.</summary>
    public ClientCredentials Nobody => new() { AuthorityFile = _authority.File };

    /// <summary>Somebody with a role.</summary>
    public ClientCredentials Client(Role role) => _clients[role];

    public void Dispose()
    {
        _authority.Dispose();
        _otherAuthority.Dispose();
        _folder.Dispose();
    }

    private ClientCredentials Show(string token) => Nobody with { Token = token };

    private ClientCredentials Show((string Certificate, string Key) pair) => Nobody with { CertificateFile = pair.Certificate, KeyFile = pair.Key };
}
