using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Security;

public sealed class LimitsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task WatchRun_MoreThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { Watchers = 2 });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid());
        var watches = new List<AsyncServerStreamingCall<RunEvent>>();
        for (int i = 0; i < 2; i++)
        {
            watches.Add(coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }));
            (await watches[i].ResponseStream.MoveNext(default)).ShouldBeTrue();
        }

        using (var third = coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }))
            (await ExhaustedAsync(() => third.ResponseStream.MoveNext(default))).ShouldContain("Found 2 clients that follow a run");

        // One that leaves makes room.
        watches[0].Dispose();
        await WithinAsync(async () =>
        {
            using var next = coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId });
            return await CodeAsync(() => next.ResponseStream.MoveNext(default)) is null;
        });
        watches[1].Dispose();
    }

    [Fact]
    public async Task Attach_MoreThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { Workers = 1 });
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        using var second = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        (await ExhaustedAsync(() => second.ResponseStream.MoveNext(default))).ShouldContain("Found 1 attached workers");
    }

    [Fact]
    public async Task Evaluate_MoreThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { Evaluations = 1 });
        await using (CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address))
            (await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 2))).State.ShouldBe(RunState.Completed);
        Run run = (await coordinator.Runs.ListRunsAsync(new ListRunsRequest())).Runs.Single();

        // No worker is left, so whichever comes first waits and the other is refused.
        using var one = coordinator.Evaluations.Evaluate(new EvaluateRequest { RunId = run.RunId });
        using var other = coordinator.Evaluations.Evaluate(new EvaluateRequest { RunId = run.RunId });
        Task<bool> refused = await Task.WhenAny(one.ResponseStream.MoveNext(default), other.ResponseStream.MoveNext(default)).WaitAsync(Patience);
        (await ExhaustedAsync(() => refused)).ShouldContain("Found 1 requested evaluations");
    }

    [Fact]
    public async Task HealthWatch_MoreThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { HealthWatchers = 1 });
        var health = new Health.HealthClient(coordinator.Channel);
        using var first = health.Watch(new HealthCheckRequest());
        (await first.ResponseStream.MoveNext(default)).ShouldBeTrue();
        using var second = health.Watch(new HealthCheckRequest());
        await ExhaustedAsync(() => second.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Evaluate_MoreTasksThanTheLimit_NamesTheField()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { TasksPerRequest = 10 });
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 2));
        using var call = coordinator.Evaluations.Evaluate(new EvaluateRequest { RunId = run.RunId, Tasks = 11 });
        RpcException fault = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        fault.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        fault.Status.Detail.ShouldBe("tasks: found 11, expected at most 10.");
    }

    [Fact]
    public async Task Request_LargerThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { RequestBytes = 2048 });
        var large = new StopRunRequest { RunId = new string('x', 4096) };
        (await CodeAsync(async () => await coordinator.Runs.StopRunAsync(large))).ShouldBe(StatusCode.ResourceExhausted);

        // A worker's messages may be as large as frames of a vector are, and no larger.
        using var attach = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        await attach.RequestStream.WriteAsync(new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, ChunkSlots = 1 } });
        (await attach.ResponseStream.MoveNext(default)).ShouldBeTrue();
        await attach.RequestStream.WriteAsync(Gradient(1 << 20));
        // The coordinator does not wait for the end of it, so sending it may fail as well.
        await Task.WhenAny(attach.RequestStream.WriteAsync(Gradient(9 << 20)));
        (await CodeAsync(() => attach.ResponseStream.MoveNext(default))).ShouldBe(StatusCode.ResourceExhausted);
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attach_NoHello_IsGivenUp()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { FirstMessageTime = TimeSpan.FromMilliseconds(300) });
        using var silent = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        (await CodeAsync(() => silent.ResponseStream.MoveNext(default).WaitAsync(Patience))).ShouldBe(StatusCode.DeadlineExceeded);

        // Half a hello as well.
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        using var half = new EndlessContent([0, 0, 0, 0, 20, 10]);
        using HttpResponseMessage response = await client.SendAsync(RawCall.Request("maml.v1.WorkerService/Attach", half)).WaitAsync(Patience);
        RawCall.StatusOf(response.Headers).Code.ShouldBe(StatusCode.DeadlineExceeded);
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_HalfAMessage_IsGivenUp()
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with { FirstMessageTime = TimeSpan.FromSeconds(1) });
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        using var half = new EndlessContent([0, 0, 0, 0, 20, 10]);
        await Should.ThrowAsync<HttpRequestException>(() => client.SendAsync(RawCall.Request("grpc.health.v1.Health/Check", half)).WaitAsync(Patience));
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attach_HeartbeatsButNeverReads_IsLetGo()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(300),
            MissedHeartbeats = 5,
            LeaseDuration = TimeSpan.FromMinutes(1),
        });
        await using var deaf = await DeafWorker.AttachAsync(coordinator);

        // θ of a wide network does not fit the windows of a stream that nobody reads.
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 2) with
        {
            Model = new() { Kind = Shared.Configuration.ModelKind.Mlp, Widths = [1500, 1500] },
        });
        await coordinator.Log.WaitForAsync("has not read its stream");
        await using CannedWorker honest = await CannedWorker.AttachAsync(coordinator.Address, slots: 1, interfere: null);
        honest.Beat(TimeSpan.FromMilliseconds(100));
        (await coordinator.WaitAsync(run)).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP/2.0")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0")]
    public async Task Connection_ThatStopsEarly_IsClosed(string beginning)
    {
        await using TestCoordinator coordinator = await StartAsync(limits => limits with
        {
            FirstMessageTime = TimeSpan.FromMilliseconds(300),
            IdleTime = TimeSpan.FromMilliseconds(500),
        });
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", coordinator.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(beginning));
        using var limit = new CancellationTokenSource(Patience);
        byte[] rest = new byte[256];
        try
        {
            while (await stream.ReadAsync(rest, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed the hard way, which is as good.
        }

        coordinator.Log.Faults.ShouldBeEmpty();
    }

    private static Task<TestCoordinator> StartAsync(Func<CoordinatorLimits, CoordinatorLimits> change) =>
        TestCoordinator.StartAsync(options => options with { Limits = change(options.Limits) });

    private static WorkerMessage Gradient(int bytes) => new() { Gradient = new VectorFrame { Data = ByteString.CopyFrom(new byte[bytes]) } };

    private static async Task<string> ExhaustedAsync(Func<Task> call)
    {
        RpcException fault = await Should.ThrowAsync<RpcException>(call);
        fault.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        return fault.Status.Detail;
    }

    private static async Task<StatusCode?> CodeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static async Task WithinAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition()) await Task.Delay(50, limit.Token);
    }
}
