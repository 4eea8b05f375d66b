using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Security;

public sealed class ClientCertificateTests
{
    [Fact]
    public async Task Train_WithCertificates_RolesComeFromTheUnit()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(
            Secrets.With(secrets.TlsAndCertificates), secrets.Client(secrets.Authority.IssueClient("CN=ann, OU=operator")));
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Connect(secrets.Client(secrets.Authority.IssueClient("OU=worker, CN=gpu-7"))));
        (await coordinator.TrainAsync(Configurations.Sinusoid())).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
    }

    [Theory]
    [InlineData("CN=ann", "found OU none")]
    [InlineData("CN=ann, OU=boss", "found OU 'boss'")]
    [InlineData("CN=ann, OU=worker, OU=operator", "names no single role")]
    [InlineData("CN=ann, OU=viewer", "needs operator")]
    public async Task StopRun_CertificateWithoutTheRole_IsDeniedWithTheReason(string subject, string reason)
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(
            Secrets.With(secrets.TlsAndCertificates), secrets.Client(secrets.Authority.IssueClient(subject)));
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = "x" }));
        fault.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        fault.Status.Detail.ShouldContain(reason);
        fault.Status.Detail.ShouldContain("operator");
    }

    [Fact]
    public async Task ListRuns_CertificateThatDoesNotCount_IsUnauthenticatedWithTheReason()
    {
        using var secrets = new Secrets();
        using var other = new TestAuthority();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.TlsAndCertificates), secrets.Client(role: null));
        (string Certificate, string Key)[] pairs =
        [
            other.IssueClient("CN=ann, OU=operator"),
            secrets.Authority.IssueClient("CN=ann, OU=operator", life: TimeSpan.FromHours(-1)),
            secrets.Authority.IssueServer(),
        ];
        foreach ((string Certificate, string Key) pair in pairs)
            (await FaultAsync(coordinator, secrets, pair)).ShouldContain("does not come from this coordinator's client authorities");

        // Without any: the same door, and health stays open for probes.
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await coordinator.Runs.ListRunsAsync(new ListRunsRequest()));
        fault.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        fault.Status.Detail.ShouldContain("--client-certificate");
        (await new Health.HealthClient(coordinator.Channel).CheckAsync(new HealthCheckRequest())).Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    private static async Task<string> FaultAsync(TestCoordinator coordinator, Secrets secrets, (string Certificate, string Key) pair)
    {
        using GrpcChannel channel = coordinator.Connect(secrets.Client(pair));
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await new RunService.RunServiceClient(channel).ListRunsAsync(new ListRunsRequest()));
        fault.StatusCode.ShouldBe(StatusCode.Unauthenticated, fault.Status.Detail);
        return fault.Status.Detail;
    }
}
