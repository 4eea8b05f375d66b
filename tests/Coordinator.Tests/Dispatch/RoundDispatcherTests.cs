using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Microsoft.Extensions.Logging;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Dispatch;

public sealed class RoundDispatcherTests : IDisposable
{
    private static readonly RoundSchedulerOptions Options = new(TimeSpan.FromSeconds(60))
    {
        SilenceLimit = TimeSpan.FromSeconds(20),
        Quarantine = new QuarantineOptions { StrikeLimit = 1 },
    };

    private readonly ManualTime _time = new();
    private readonly TestMeterFactory _meters = new();
    private readonly MeterSink _sink;
    private readonly LogSink _log = new();
    private readonly LoggerFactory _loggers;
    private readonly RoundDispatcher _dispatcher;

    public RoundDispatcherTests()
    {
        _sink = new MeterSink(_meters);
        _loggers = new LoggerFactory([_log]);
        _dispatcher = new RoundDispatcher(Options, _time, new DispatchMetrics(new CoordinatorMeter(_meters)), _loggers.CreateLogger<RoundDispatcher>());
    }

    [Fact]
    public void Fail_OnlyWorker_TriesAgainWhenTheDelayIsOverWithoutBeingAsked()
    {
        RecordingOutbox worker = Join("a");
        using Round round = Start(chunks: 1);
        _dispatcher.Fail(_dispatcher.Find("a", 1)!, "no");
        _time.Advance(TimeSpan.FromMilliseconds(99));
        worker.Leases.ShouldBe([1UL]);
        _time.Advance(TimeSpan.FromMilliseconds(3));
        worker.Leases.ShouldBe([1UL, 2UL]);
        _sink["maml.coordinator.leases.ended outcome=failed"].ShouldBe(1);
        _sink["maml.coordinator.chunks.retried"].ShouldBe(1);
        _time.Armed.ShouldBe(0, "nothing else is due");
    }

    [Fact]
    public void Tick_SilentWorker_IsDismissedAndItsChunkGoesToAnother()
    {
        RecordingOutbox silent = Join("silent");
        RecordingOutbox alive = Join("alive");
        using Round round = Start(chunks: 1);
        for (int second = 0; second < 21; second++)
        {
            silent.Dismissal.ShouldBeNull();
            _time.Advance(TimeSpan.FromSeconds(1));
            alive.LastSeen = _time.GetTimestamp();
            _dispatcher.Tick();
        }

        silent.Dismissal.ShouldNotBeNull().ShouldContain("silent for 21");
        alive.Leases.ShouldBe([2UL]);
        _sink["maml.coordinator.leases.ended outcome=lost"].ShouldBe(1);
        _sink["maml.coordinator.workers state=active"].ShouldBe(1);
    }

    [Fact]
    public void Start_Straggler_IsComputedTwiceAndTheFirstAnswerCounts()
    {
        RecordingOutbox slow = Join("slow");
        RecordingOutbox fast = Join("fast");
        using Round round = Start(chunks: 4);
        foreach (ulong lease in new ulong[] { 2, 3, 4 }) Complete("fast", lease).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(0.99));
        fast.Leases.ShouldBe([2UL, 3UL, 4UL]);
        _time.Advance(TimeSpan.FromSeconds(0.02));
        fast.Leases.ShouldBe([2UL, 3UL, 4UL, 5UL]);
        _log.Text.ShouldContain("Information 2003: Chunk 0");
        Complete("fast", 5).ShouldBeTrue();
        slow.Revoked.ShouldBe([1UL]);
        _log.Text.ShouldContain("Information 2004: ");
        _dispatcher.IsLate("slow", 1).ShouldBeTrue();
        _sink["maml.coordinator.leases.granted kind=first"].ShouldBe(4);
        _sink["maml.coordinator.leases.granted kind=speculative"].ShouldBe(1);
        _sink["maml.coordinator.speculation.wins"].ShouldBe(1);
        _sink["maml.coordinator.leases.ended outcome=accepted"].ShouldBe(4);
        _sink["maml.coordinator.leases.ended outcome=overtaken"].ShouldBe(1);
    }

    [Fact]
    public void IsLate_LeaseNeverHeld_PutsTheWorkerInQuarantineVisibly()
    {
        RecordingOutbox liar = Join("liar");
        Join("honest");
        using Round round = Start(chunks: 2);
        _dispatcher.IsLate("liar", 77).ShouldBeFalse();
        liar.Revoked.ShouldBe([1UL]);
        _sink["maml.coordinator.workers state=quarantined"].ShouldBe(1);
        _sink["maml.coordinator.workers state=active"].ShouldBe(1);
        _sink["maml.coordinator.workers.strikes"].ShouldBe(1);
        _sink["maml.coordinator.workers.quarantines"].ShouldBe(1);
        _sink["maml.coordinator.leases.ended outcome=quarantined"].ShouldBe(1);
        _log.Text.ShouldContain("Warning 2005: Worker 'name of liar'");
        _log.Text.ShouldContain("Warning 2006: Worker 'name of liar' is in quarantine: it gets no chunks for 10 s");

        _dispatcher.Drain("honest");
        _sink["maml.coordinator.workers state=draining"].ShouldBe(1);
        _sink["maml.coordinator.workers state=quarantined"].ShouldBe(0);
        _log.Text.ShouldContain("Warning 2008: The quarantine of worker 'name of liar' ends early");
    }

    public void Dispose()
    {
        _dispatcher.Dispose();
        _loggers.Dispose();
        _sink.Dispose();
        _meters.Dispose();
    }

    private bool Complete(string worker, ulong lease)
    {
        LeaseGrant grant = _dispatcher.Find(worker, lease).ShouldNotBeNull();
        return _dispatcher.Complete(grant, new ChunkOutcome(grant.Chunk, [], Gradient: null));
    }

    private RecordingOutbox Join(string id)
    {
        var worker = new RecordingOutbox(id, _time);
        _dispatcher.Join(worker);
        return worker;
    }

    [Fact]
    public void Forecast_TwoWorkers_TellsEachItsPositionOfTheNextRound()
    {
        RecordingOutbox first = Join("a"), second = Join("b");
        using Round round = Start(chunks: 2);
        Chunk[] next = [new(0, [new TaskDescriptor { Index = 10 }]), new(1, [new TaskDescriptor { Index = 11 }])];
        round.Forecast(next);
        first.Forecasts.Single().Tasks.Single().Index.ShouldBe(10u);
        ChunkLease told = second.Forecasts.Single();
        (told.Tasks.Single().Index, told.Iteration, told.ChunkIndex, told.LeaseId).ShouldBe((11u, 1ul, 1u, 0ul));

        // The forecast has to come true where nothing happens in between.
        Complete("b", second.Leases[^1]);
        Complete("a", first.Leases[^1]);
        using Round following = Start(chunks: 2);
        (first.Granted[^1].ChunkIndex, second.Granted[^1].ChunkIndex).ShouldBe((0u, 1u));
    }

    [Fact]
    public void Forecast_FewerChunksThanNow_TellsNobodyOfWhatThereIsNot()
    {
        RecordingOutbox first = Join("a"), second = Join("b");
        using Round round = Start(chunks: 2);
        round.Forecast([new Chunk(0, [])]);
        first.Forecasts.Count.ShouldBe(1);
        second.Forecasts.ShouldBeEmpty();
    }

    private Round Start(int chunks)
    {
        RunConfiguration configuration = Configurations.Sinusoid();
        var run = new RunContext("run", configuration, DataSetProvider.CreateSampler(configuration.Tasks, images: null), images: null);
        return _dispatcher.Start(new RoundWork
        {
            Run = run,
            Parameters = ParametersVersion.Create("run", version: 1, new float[run.Layout.Count]),
            Iteration = 0,
            Purpose = ChunkPurpose.MetaGradient,
            InnerSteps = 1,
            Query = 5,
            Chunks = [.. Enumerable.Range(0, chunks).Select(index => new Chunk(index, []))],
        });
    }
}
