using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Hosting;

public sealed class ShutdownTests
{
    // Far more than HTTP/2 lets through to a client that does not read.
    private const ulong Many = 2_000;

    [Fact]
    public async Task DisposeAsync_AmidAMessageToAWatcher_LetsItHaveTheRest()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        (Run run, AsyncServerStreamingCall<RunEvent> watch) = await StartUnreadAsync(coordinator);

        using (watch)
        {
            using AsyncServerStreamingCall<HealthCheckResponse> health = new Health.HealthClient(coordinator.Channel).Watch(new HealthCheckRequest());
            (await health.ResponseStream.MoveNext(default)).ShouldBeTrue();
            ValueTask stopping = coordinator.StopHostAsync();
            (await health.ResponseStream.MoveNext(default)).ShouldBeTrue();
            health.ResponseStream.Current.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing, "streams are ended now");
            await foreach (RunEvent next in watch.ResponseStream.ReadAllAsync())
                if (next.Run is { } changed) run = changed;
            run.State.ShouldBe(RunState.Suspended);
            await stopping;
        }
    }

    [Fact]
    public async Task DisposeAsync_WatcherDoesNotRead_EndsWithoutIt()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        (Run _, AsyncServerStreamingCall<RunEvent> watch) = await StartUnreadAsync(coordinator);

        using (watch)
        {
            await coordinator.StopHostAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            RpcException fault = await Should.ThrowAsync<RpcException>(async () => await watch.ResponseStream.ReadAllAsync().CountAsync());
            fault.StatusCode.ShouldBe(StatusCode.Cancelled, "the message was given up, before the host had to break the connection");
        }
    }

    // A watch whose next message waits, since the client has not read those before it.
    private static async Task<(Run Run, AsyncServerStreamingCall<RunEvent> Watch)> StartUnreadAsync(TestCoordinator coordinator)
    {
        RunConfiguration configuration = Configurations.Sinusoid(iterations: 1_000_000);
        Run run = await coordinator.StartRunAsync(configuration with
        {
            // Each tells of two hundred losses.
            Inner = configuration.Inner with { Steps = 200 },
            Checkpoints = configuration.Checkpoints with { Every = 0 },
        });
        AsyncServerStreamingCall<RunEvent> watch = coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId });
        (await watch.ResponseStream.MoveNext(default)).ShouldBeTrue();
        await coordinator.WaitForIterationAsync(run, Many);
        return (run, watch);
    }
}
