using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Runs.Training;

public sealed class IterationClockTests
{
    private readonly ManualTime _time = new();
    private readonly IterationClock _clock;

    public IterationClockTests()
    {
        _clock = new IterationClock(_time);
    }

    [Fact]
    public void Published_TwoWorkers_SplitsTheIterationWithoutARest()
    {
        IterationTimings timings = RunIteration();
        timings.Workers.ShouldBe(2);
        timings.Sample.ShouldBe(1);
        timings.SampleAhead.ShouldBe(2);
        timings.Send.ShouldBe((3 + 4) / 2.0, "θ and the first lease of either, from the start of the round");
        timings.Queue.ShouldBe((0.5 + 0.25) / 2, "the second chunk of the first worker waited for its own first one");
        timings.Tensors.ShouldBe((2 + 1) / 2.0);
        timings.Compute.ShouldBe((20 + 16) / 2.0);
        timings.InnerSteps.ShouldBe((6 + 5) / 2.0);
        timings.Query.ShouldBe((4 + 3) / 2.0);
        timings.MetaGradient.ShouldBe((8 + 7) / 2.0);
        timings.Idle.ShouldBe((0 + 5) / 2.0, "the second worker waits for the last result of the first");
        timings.Gather.ShouldBe((30 - 3 - 0.5 - 2 - 20 + (25 - 4 - 0.25 - 1 - 16)) / 2);
        timings.Round.ShouldBe(30);
        timings.Reduce.ShouldBe(6);
        timings.Update.ShouldBe(7);
        timings.Publish.ShouldBe(8);
        (timings.BytesSent, timings.BytesReceived).ShouldBe((130, 33));
        PartsOf(timings).ShouldBe(timings.Iteration, 1e-9);
        timings.Iteration.ShouldBe(1 + 30 + 6 + 7 + 8);
    }

    [Fact]
    public void Begin_AfterAnIteration_ForgetsIt()
    {
        IterationTimings first = RunIteration();
        RunIteration().ShouldBe(first);
    }

    [Fact]
    public void Received_WithoutSendingTime_CountsFromTheStartOfTheRound()
    {
        _clock.Begin();
        _clock.Sampled();
        Pass(9);
        _clock.Received(default);
        IterationTimings timings = End();
        (timings.Send, timings.Gather).ShouldBe((0, 9));
    }

    [Fact]
    public void Over_WorkersWithoutAChunk_WereIdleAllTheRound()
    {
        IterationTimings timings = RunIteration().Over(4);
        timings.Workers.ShouldBe(4);
        timings.Compute.ShouldBe((20 + 16) / 4.0);
        timings.Idle.ShouldBe((5 + 30 + 30) / 4.0);
        PartsOf(timings).ShouldBe(timings.Iteration, 1e-9);
    }

    [Fact]
    public void Over_FewerWorkersThanAnswered_ChangesNothing()
    {
        IterationTimings timings = RunIteration();
        timings.Over(1).ShouldBe(timings);
    }

    [Fact]
    public void Published_SameWorkersAgain_AllocatesNothing()
    {
        // Without time that passes: the test's clock allocates.
        for (int i = 0; i < 100; i++) Measure();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Measure();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Measure()
    {
        _clock.Begin();
        _clock.Sampled();
        _clock.SampledAhead();
        _clock.Received(new ChunkTrace("a", 1, 0, 0, 0, 0, 0, 0, 0, 0));
        _clock.Received(new ChunkTrace("b", 1, 0, 0, 0, 0, 0, 0, 0, 0));
        _clock.Reduced();
        _clock.Updated();
        _clock.Published().Over(3);
    }

    // Timestamps are those of the time since the start of the round, in seconds, as "sent" and in comments.
    private IterationTimings RunIteration()
    {
        _clock.Begin();
        Pass(1);
        _clock.Sampled();
        long round = _time.GetTimestamp();
        Pass(2);
        _clock.SampledAhead();
        Pass(15);
        _clock.Received(new ChunkTrace("a", At(round, 3), Queued: 0.5, Tensors: 1, Compute: 10, InnerSteps: 3, Query: 2, MetaGradient: 4, 50, 11)); // 17
        Pass(8);
        _clock.Received(new ChunkTrace("b", At(round, 4), Queued: 0.25, Tensors: 1, Compute: 16, InnerSteps: 5, Query: 3, MetaGradient: 7, 60, 11)); // 25
        Pass(5);
        _clock.Received(new ChunkTrace("a", At(round, 3.5), Queued: 11, Tensors: 1, Compute: 10, InnerSteps: 3, Query: 2, MetaGradient: 4, 20, 11)); // 30
        return End();
    }

    private IterationTimings End()
    {
        Pass(6);
        _clock.Reduced();
        Pass(7);
        _clock.Updated();
        Pass(8);
        return _clock.Published();
    }

    private static long At(long round, double seconds) => round + (long)(seconds * TimeSpan.TicksPerSecond);

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static double PartsOf(in IterationTimings timings) =>
        timings.Sample + timings.Send + timings.Queue + timings.Tensors + timings.Compute + timings.Gather + timings.Idle + timings.Reduce
        + timings.Update + timings.Publish;
}
