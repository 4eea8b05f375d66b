using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Tests.Clustering.Forwarding;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Security;

/// <summary>The port between silos, on the real Orleans.</summary>
public sealed class SiloTlsTests
{
    // Longer than any of these answers takes, and shorter than an idle connection is kept.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    [PostgresFact]
    public async Task Silos_WithCertificates_TalkToSilosOnly()
    {
        using var secrets = new Secrets();
        SiloSecurityOptions silo = secrets.Silo(secrets.Authority.IssueSilo());
        var ports = new List<int>();
        await using TwoCoordinators cluster = await TwoCoordinators.StartAsync(options =>
        {
            ports.Add(options.Cluster.SiloPort);
            return options with { Cluster = options.Cluster with { Silo = silo } };
        });

        // The directory is on one of the two, and hears from both of them.
        await using var worker = new RovingWorker(cluster.Second.Address);
        await cluster.First.StartRunAsync(Configurations.Sinusoid());
        await worker.WaitAsync(cluster.First.Address, () => cluster.First.Log.Text + cluster.Second.Log.Text);

        foreach (int port in ports)
        {
            (await IsLetInAsync(port, secrets.Client(secrets.Authority.IssueSilo()))).ShouldBeTrue("a coordinator");
            (await IsLetInAsync(port, secrets.Client(role: null))).ShouldBeFalse("nobody");
            (await IsLetInAsync(port, secrets.Client(secrets.Authority.IssueClient("OU=worker, CN=a")))).ShouldBeFalse("a worker");
            (await IsLetInAsync(port, secrets.Client(secrets.Authority.IssueSilo("OU=operator, CN=a")))).ShouldBeFalse("an operator");
            using var other = new TestAuthority("other authority");
            (await IsLetInAsync(port, secrets.Client(other.IssueSilo()))).ShouldBeFalse("a stranger");
            (await IsLetInInPlainTextAsync(port)).ShouldBeFalse("plain text");
        }

        cluster.First.Log.Text.ShouldContain("A connection between silos was refused: The certificate");
    }

    // Whether the silo waits for what comes next; who is refused sees the connection end.
    private static async Task<bool> IsLetInAsync(int port, ClientCredentials shown)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "silo",
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject.Contains("OU=coordinator", StringComparison.Ordinal),
                ClientCertificates = shown is { CertificateFile: { } file, KeyFile: { } key } ? [X509Certificate2.CreateFromPemFile(file, key)] : [],
            });
            return await StaysOpenAsync(tls);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> IsLetInInPlainTextAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        try
        {
            // Orleans' own first bytes are a length; to TLS they are no record.
            await client.GetStream().WriteAsync(new byte[64]);
            return await StaysOpenAsync(client.GetStream());
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> StaysOpenAsync(Stream stream)
    {
        using var limit = new CancellationTokenSource(Silence);
        try
        {
            return await stream.ReadAsync(new byte[1], limit.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
