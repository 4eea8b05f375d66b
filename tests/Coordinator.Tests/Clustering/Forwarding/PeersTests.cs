using Grpc.Core;
using Maml.Cluster.Coordinator.Clustering.Forwarding;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Forwarding;

public sealed class PeersTests
{
    [Theory]
    [InlineData("https://coordinator-0:5100", "https://coordinator-1:5100", false, true)]
    [InlineData("http://127.0.0.1:5100", "http://127.0.0.1:5101", false, true)]
    [InlineData("http://127.0.0.1:5100", "https://coordinator-1:5100", false, true)]
    [InlineData("http://10.0.0.7:5100", "http://10.0.0.8:5100", true, true)]
    [InlineData("http://10.0.0.7:5100", "http://10.0.0.8:5100", false, false)]
    [InlineData("http://127.0.0.1:5100", "http://10.0.0.8:5100", false, false)]
    [InlineData("https://coordinator-0:5100", "http://coordinator-1:5100", false, false)]
    [InlineData("https://coordinator-0:5100", "http://coordinator-1:5100", true, false)]
    [InlineData("https://coordinator-0:5100", "http://127.0.0.1:5101", true, false)]
    public void Connect_AddressOfTheLedger_IsDialledWhereItIsAsClosed(string own, string other, bool insecureAllowRemote, bool expected)
    {
        using var peers = new Peers(Identify("own", own), new ClientCredentials(), insecureAllowRemote, new SilentReports(), TimeProvider.System);
        if (expected)
        {
            peers.Connect(Identify("other", other)).Target.ShouldBe(new Uri(other).Authority);
            return;
        }

        RpcException fault = Should.Throw<RpcException>(() => peers.Connect(Identify("other", other)));
        fault.StatusCode.ShouldBe(StatusCode.FailedPrecondition, "nothing that passes by itself");
        foreach (string word in new[] { "Coordinator other", new Uri(other).ToString(), "cluster.advertisedAddress" }) fault.Status.Detail.ShouldContain(word);
    }

    [Fact]
    public void Connect_FileThatHasGone_IsAFaultWithoutItsPath()
    {
        using var peers = new Peers(
            Identify("own", "https://coordinator-0:5100"), new ClientCredentials { AuthorityFile = "/gone/ca.pem" }, false, new SilentReports(), TimeProvider.System);
        RpcException fault = Should.Throw<RpcException>(() => peers.Connect(Identify("other", "https://coordinator-1:5100")));
        fault.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        fault.Status.Detail.ShouldContain("cluster.peers");
        fault.Status.Detail.ShouldNotContain("/gone");
    }

    [Fact]
    public async Task Connect_CallerShowedAToken_IsTheCallersThere()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.TlsAndTokens));
        using var peers = new Peers(Identify("own", "https://localhost:1"), secrets.Client(Role.Operator), false, new SilentReports(), TimeProvider.System);
        var runs = new RunService.RunServiceClient(peers.Connect(new CoordinatorIdentity("other", coordinator.Address)));
        var request = new StopRunRequest { RunId = "nothing" };

        (await Should.ThrowAsync<RpcException>(async () => await runs.StopRunAsync(request))).StatusCode.ShouldBe(StatusCode.NotFound, "its own token lets in");
        var viewer = new Metadata { { "authorization", $"Bearer {Secrets.TokenOf(Role.Viewer)}" } };
        (await Should.ThrowAsync<RpcException>(async () => await runs.StopRunAsync(request, viewer))).StatusCode.ShouldBe(StatusCode.PermissionDenied, "a viewer's does not");
    }

    private static CoordinatorIdentity Identify(string id, string address) => new(id, new Uri(address));
}
