using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>Two real coordinators, and workers that go where they are sent, over real gRPC.</summary>
public sealed class PlacementTests : IAsyncLifetime
{
    private readonly SharedDirectory _directory = new();
    private readonly MemoryLedger _ledger = new(TimeProvider.System);
    private readonly ReportedEpochs _epochs = new();
    private PlacedCoordinator _first = null!;
    private PlacedCoordinator _second = null!;

    public async Task InitializeAsync()
    {
        _first = await PlacedCoordinator.StartAsync("first", _directory, _ledger, _epochs);
        _second = await PlacedCoordinator.StartAsync("second", _directory, _ledger);
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Attach_RunIsElsewhere_IsSentThereAtTheDoor()
    {
        await _second.StartRunAsync(Configurations.Sinusoid(iterations: 1000));
        await SettleAsync();
        await using var worker = new RovingWorker(_first.Address);
        await worker.WaitAsync(_second.Address, Explain);
        worker.Moves.ShouldBe(0);
        _first.Log.Text.ShouldNotContain("Worker 'roving' has joined");
    }

    [Fact]
    public async Task Run_StartsElsewhere_WorkersFollowAndShareWithTheNext()
    {
        await using var one = new RovingWorker(_first.Address, "one");
        await using var two = new RovingWorker(_first.Address, "two");
        await one.WaitAsync(_first.Address, Explain);
        await two.WaitAsync(_first.Address, Explain);
        await _second.StartRunAsync(Configurations.Sinusoid(iterations: 1000));
        await one.WaitAsync(_second.Address, Explain);
        await two.WaitAsync(_second.Address, Explain);
        _first.Log.Text.ShouldContain("is sent to the coordinator at");
        (one.Moves, two.Moves).ShouldBe((1, 1));

        await _first.StartRunAsync(Configurations.Sinusoid(iterations: 1000));
        await _first.Log.WaitForAsync("has joined as worker-3");
        await SettleAsync();
        new[] { one.Attached, two.Attached }.ShouldBe([_first.Address, _second.Address], ignoreOrder: true);
        (one.Moves + two.Moves).ShouldBe(3, Explain());
    }

    [Fact]
    public async Task Stream_CoordinatorEnds_WorkersGoToTheOther()
    {
        await using var worker = new RovingWorker(_first.Address);
        await worker.WaitAsync(_first.Address, Explain);
        await SettleAsync();
        await _first.DisposeAsync();
        await worker.WaitAsync(_second.Address, Explain);
        _first = await PlacedCoordinator.StartAsync("first again", _directory, _ledger);
    }

    [Fact]
    public async Task Directory_IsAway_WorkersAreLetInAndStayUntilItIsBack()
    {
        await _second.StartRunAsync(Configurations.Sinusoid(iterations: 1000));
        await SettleAsync();
        _directory.IsAway = true;
        await _first.Log.WaitForAsync("The directory of workers does not answer; workers go by the ledger until it does: the directory is away");
        await using var worker = new RovingWorker(_first.Address);
        await worker.WaitAsync(_first.Address, Explain);
        await SettleAsync();
        worker.Attached.ShouldBe(_first.Address);
        _directory.IsAway = false;
        await worker.WaitAsync(_second.Address, Explain);
        _first.Log.Text.ShouldContain("The directory of workers answers again.");
    }

    [Fact]
    public async Task Directory_Hangs_WorkersGoToWhoHasRunsByTheLedgerAndStayThere()
    {
        await using var attached = new RovingWorker(_first.Address, "attached");
        await attached.WaitAsync(_first.Address, Explain);
        await SettleAsync();
        _directory.Hangs = true;
        await _first.Log.WaitForAsync("The directory of workers does not answer; workers go by the ledger until it does: no answer within 0.3 s");
        await SettleAsync();
        attached.Attached.ShouldBe(_first.Address, "nobody has a run");

        // A lease that is renewed no more: its owner is where nobody answers.
        await _ledger.CreateAsync("halted", default, default, new CoordinatorIdentity("third", new Uri("http://127.0.0.1:1")), TimeSpan.FromSeconds(3), default);
        await SettleAsync();
        attached.Attached.ShouldBe(_first.Address, Explain());

        await _ledger.CreateAsync("run", default, default, new CoordinatorIdentity("second", _second.Address), TimeSpan.FromMinutes(5), default);
        await attached.WaitAsync(_second.Address, Explain);
        await using var arriving = new RovingWorker(_first.Address, "arriving");
        await arriving.WaitAsync(_second.Address, Explain);
        _directory.Hangs = false;
        await _first.Log.WaitForAsync("The directory of workers answers again.");
        await SettleAsync();
        new[] { attached, arriving }.Select(worker => (worker.Attached, worker.Moves)).ShouldBe([(_second.Address, 1), (_second.Address, 0)], Explain());
    }

    [Fact]
    public async Task Directory_DoesNotKnowWhoHasRuns_WorkersGoThereByTheLedger()
    {
        await using PlacedCoordinator third = await PlacedCoordinator.StartAsync("third", new SharedDirectory(), _ledger);
        await using var worker = new RovingWorker(_first.Address);
        await worker.WaitAsync(_first.Address, Explain);
        await _ledger.CreateAsync("run", default, default, new CoordinatorIdentity("third", third.Address), TimeSpan.FromMinutes(5), default);
        await worker.WaitAsync(third.Address, Explain);
        await SettleAsync();
        (worker.Attached, worker.Moves).ShouldBe((third.Address, 1), Explain());
    }

    [Fact]
    public async Task StaleEpoch_FromAWorker_IsReported()
    {
        await using var worker = new RovingWorker(_first.Address)
        {
            Says = new WorkerMessage { StaleEpoch = new StaleEpoch { RunId = "run", Epoch = 2, Seen = 3 } },
        };
        (await _epochs.Reported.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(("run", 2, 3));
    }

    [Fact]
    public async Task StaleEpoch_ThatIsNone_IsNotReported()
    {
        await using var worker = new RovingWorker(_first.Address)
        {
            Says = new WorkerMessage { StaleEpoch = new StaleEpoch { RunId = "run", Epoch = 3, Seen = 3 } },
        };
        await _first.Log.WaitForAsync("sent a message that this version does not know, of kind StaleEpoch");
        _epochs.Reported.IsCompleted.ShouldBeFalse();
    }

    private static Task SettleAsync() => Task.Delay(PlacedCoordinator.Times.SettleTime * 4);

    private string Explain() => $"first:\n{_first.Log.Text}\nsecond:\n{_second.Log.Text}";

    private sealed class ReportedEpochs : IEpochReports
    {
        private readonly TaskCompletionSource<(string, long, long)> _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(string RunId, long Epoch, long Seen)> Reported => _reported.Task;

        public void Report(string runId, long epoch, long seen) => _reported.TrySetResult((runId, epoch, seen));
    }
}
