using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
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
            using WatchedEnd end = await WatchedEnd.WatchAsync(coordinator);
            ValueTask stopping = coordinator.StopHostAsync();
            await end.WaitAsync();
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
            fault.StatusCode.ShouldNotBe(StatusCode.Unavailable, "the host had to break the connection, since the message was not given up before");
        }
    }

    [Fact]
    public async Task DisposeAsync_ClientReadsLate_StillLearnsWhy()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using DeafWorker worker = await DeafWorker.AttachAsync(coordinator);
        Task stopping = coordinator.StopHostAsync().AsTask();
        (await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(50)))).ShouldNotBe(stopping, "its half of the stream is open");
        RpcException fault = await Should.ThrowAsync<RpcException>(worker.ListenAsync);
        fault.StatusCode.ShouldBe(StatusCode.Unavailable);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task DisposeAsync_ClientLeavesItsStreamOpen_EndsWithoutIt()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using DeafWorker worker = await DeafWorker.AttachAsync(coordinator);
        await coordinator.StopHostAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task DisposeAsync_AmidThetaToAWorker_LetsItLearnWhy()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { StopGrace = TimeSpan.Zero });
        await using DeafWorker worker = await DeafWorker.AttachAsync(coordinator);
        RunConfiguration configuration = Configurations.Sinusoid();

        // 4 MB, of which HTTP/2 lets a small part through to a worker that does not read.
        await coordinator.StartRunAsync(configuration with { Model = configuration.Model with { Widths = [1_000, 1_000] } });
        while ((await worker.ListenAsync()).ShouldNotBeNull().Parameters is null) { }

        using WatchedEnd end = await WatchedEnd.WatchAsync(coordinator);
        Task stopping = coordinator.StopHostAsync().AsTask();
        await end.WaitAsync();
        RpcException fault = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await worker.ListenAsync() is not null) { }
        });
        fault.StatusCode.ShouldBe(StatusCode.Unavailable);
        await stopping;
    }

    [Fact]
    public async Task DisposeAsync_WorkerHasNotSaidHello_LetsItLearnWhy()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();

        // On the same connection: when this one is answered, that one is being served.
        using WatchedEnd end = await WatchedEnd.WatchAsync(coordinator);
        Task stopping = coordinator.StopHostAsync().AsTask();
        RpcException fault = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        fault.Status.ShouldBe(ShutdownSignal.Fault().Status);
        await stopping;
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
