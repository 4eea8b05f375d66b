using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Security;

public sealed class TlsTests
{
    [Fact]
    public async Task Train_OverTlsWithTokens_CompletesAsInPlainText()
    {
        using var secrets = new Secrets();
        await using TestCoordinator plain = await TestCoordinator.StartAsync();
        await using CannedWorker plainWorker = await CannedWorker.AttachAsync(plain.Address);
        await using TestCoordinator secure = await TestCoordinator.StartAsync(Secrets.With(secrets.TlsAndTokens), secrets.Client(Role.Operator));
        secure.Address.Scheme.ShouldBe("https");
        await using CannedWorker worker = await CannedWorker.AttachAsync(secure.Connect(secrets.Client(Role.Worker)));
        Run run = await secure.TrainAsync(Configurations.Sinusoid());
        run.State.ShouldBe(RunState.Completed, secure.Log.Text);
        run.MetaParametersSha256.ShouldBe((await plain.TrainAsync(Configurations.Sinusoid())).MetaParametersSha256);
        secure.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_PlainText_GetsNoAnswer()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tls), secrets.Client(role: null));
        using var plain = GrpcChannel.ForAddress($"http://127.0.0.1:{coordinator.Address.Port}");
        (await Should.ThrowAsync<RpcException>(async () => await new RunService.RunServiceClient(plain).ListRunsAsync(new ListRunsRequest())))
            .StatusCode.ShouldBeOneOf(StatusCode.Unavailable, StatusCode.Internal);
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_ServerOfAnotherAuthorityOrName_IsRefusedWithTheReason()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tls), secrets.Client(role: null));
        await coordinator.Runs.ListRunsAsync(new ListRunsRequest());
        using var other = new TestAuthority("other authority");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("other.pem"), other.Pem);
        (await FaultAsync(coordinator, new ClientCredentials { AuthorityFile = folder.File("other.pem") })).ShouldContain("does not come from the given authorities");

        secrets.WriteServer(secrets.Authority.IssueServer("elsewhere"));
        await WaitForAsync(async () => (await ShownAsync(coordinator)).Subject == "CN=elsewhere");
        (await FaultAsync(coordinator, secrets.Client(role: null))).ShouldContain("is not for the host that was dialled");
    }

    [Fact]
    public async Task Certificate_FilesChange_NewConnectionsShowTheNewOne()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tls), secrets.Client(role: null));
        string before = (await ShownAsync(coordinator)).Thumbprint;
        (string certificate, string key) = secrets.Authority.IssueServer();

        // Half of the new pair, then half of a file: what was read before stays, and one line says so for each.
        secrets.WriteServerCertificate(certificate);
        await WaitForAsync(async () => (await ShownAsync(coordinator)).Thumbprint == before && Kept(coordinator) == 1);
        secrets.WriteServerCertificate(certificate[..200]);
        await WaitForAsync(async () => (await ShownAsync(coordinator)).Thumbprint == before && Kept(coordinator) == 2);
        secrets.WriteServer((certificate, key));
        await WaitForAsync(async () => (await ShownAsync(coordinator)).Thumbprint != before);

        // The channel that was open all along still works, and so do new ones.
        await coordinator.Runs.ListRunsAsync(new ListRunsRequest());
        using GrpcChannel fresh = coordinator.Connect(secrets.Client(role: null));
        await new RunService.RunServiceClient(fresh).ListRunsAsync(new ListRunsRequest());
        Kept(coordinator).ShouldBe(2);
        coordinator.Log.Text.ShouldContain("server.pem");
        coordinator.Log.Text.ShouldNotContain(key.Split('\n')[1]);
    }

    [Fact]
    public async Task Certificate_ExpiresSoon_IsSaid()
    {
        using var secrets = new Secrets();
        secrets.WriteServer(secrets.Authority.IssueServer(life: TimeSpan.FromDays(3)));
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tls), secrets.Client(role: null));
        coordinator.Log.Text.ShouldContain("'CN=localhost'");
        coordinator.Log.Text.ShouldContain("expires on");
    }

    [Fact]
    public async Task StartAsync_SeveralBadFiles_NamesAllAtOnce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokens"), "worker a REPLACE-ME-0123456789\n");
        File.WriteAllText(folder.File("ca.pem"), "nothing");
        HostStartException fault = await Should.ThrowAsync<HostStartException>(() => CoordinatorHost.StartAsync(
            new CoordinatorOptions
            {
                Port = 70000,
                Security = new CoordinatorSecurityOptions
                {
                    CertificateFile = folder.File("none.pem"),
                    KeyFile = folder.File("none.key"),
                    TokensFile = folder.File("tokens"),
                    ClientAuthorityFile = folder.File("ca.pem"),
                },
            },
            default));
        foreach (string part in new[] { "Port:", "none.pem", "line 1", "placeholder", "ca.pem" }) fault.Message.ShouldContain(part);
        fault.Message.ShouldNotContain("REPLACE-ME");
    }

    private static int Kept(TestCoordinator coordinator) => coordinator.Log.Text.Split("stays in use").Length - 1;

    private static async Task<string> FaultAsync(TestCoordinator coordinator, ClientCredentials credentials)
    {
        using GrpcChannel channel = coordinator.Connect(credentials);
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await new RunService.RunServiceClient(channel).ListRunsAsync(new ListRunsRequest()));
        fault.StatusCode.ShouldBe(StatusCode.Internal, fault.Status.Detail);
        return fault.Status.Detail;
    }

    private static async Task<X509Certificate2> ShownAsync(TestCoordinator coordinator)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", coordinator.Address.Port);
        await using var stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) => shown is not null);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] });
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition()) await Task.Delay(100, limit.Token);
    }
}
