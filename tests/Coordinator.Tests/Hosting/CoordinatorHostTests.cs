using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Hosting;

public sealed class CoordinatorHostTests
{
    [Fact]
    public async Task StartAsync_PortInUse_SaysSoInOneLine()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        var options = new CoordinatorOptions { Port = first.Address.Port, ConfigureLogging = _ => { } };
        HostStartException fault = await Should.ThrowAsync<HostStartException>(() => CoordinatorHost.StartAsync(options, default));
        fault.Message.ShouldContain($"Port {first.Address.Port}");
        fault.Message.ShouldContain("--port");
        fault.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Check_OfKnownAndUnknownServices_FollowsTheContract()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var health = new Health.HealthClient(coordinator.Channel);
        foreach (string service in new[] { "", "maml.v1.RunService" })
        {
            (await health.CheckAsync(new HealthCheckRequest { Service = service })).Status
                .ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
        }

        (await Should.ThrowAsync<RpcException>(async () => await health.CheckAsync(new HealthCheckRequest { Service = "x" })))
            .StatusCode.ShouldBe(StatusCode.NotFound);
        using AsyncServerStreamingCall<HealthCheckResponse> watch = health.Watch(new HealthCheckRequest { Service = "x" });
        (await watch.ResponseStream.MoveNext(default)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.ServiceUnknown);
    }

    [Fact]
    public async Task DisposeAsync_AmidTraining_LeavesTheRunForTheNextStartWithACheckpoint()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 1_000_000));
        await coordinator.StopHostAsync();
        Directory.GetFiles(Path.Combine(run.Directory, "checkpoints")).ShouldNotBeEmpty();
        File.Exists(Path.Combine(run.Directory, "summary.json")).ShouldBeFalse("it is not over");
        (await File.ReadAllTextAsync(Path.Combine(run.Directory, "run.json"))).ShouldContain("\"state\": \"active\"");
    }
}
