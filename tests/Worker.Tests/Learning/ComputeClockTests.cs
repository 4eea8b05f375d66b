using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class ComputeClockTests
{
    [Fact]
    public void End_PhasesInTurn_EachGetsTheTimeSinceTheOneBefore()
    {
        var time = new SteppedTime();
        var clock = new ComputeClock(time);
        time.Seconds = 100;
        clock.Start();
        for (int step = 0; step < 2; step++)
        {
            time.Seconds += 3;
            clock.End(ComputePhase.InnerSteps);
            time.Seconds += 1;
            clock.End(ComputePhase.Query);
        }

        time.Seconds += 5;
        clock.End(ComputePhase.MetaGradient);
        clock.Times.ShouldBe(new ComputeTimes(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Start_AfterAChunk_ForgetsIt()
    {
        var time = new SteppedTime();
        var clock = new ComputeClock(time);
        time.Seconds = 7;
        clock.End(ComputePhase.Query);
        time.Seconds = 9;
        clock.Start();
        time.Seconds = 10;
        clock.End(ComputePhase.InnerSteps);
        clock.Times.ShouldBe(new ComputeTimes(TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeMetaGradient_AnyMetaLearner_EndsEveryPhase(string model)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(Runs.Named(model), tasks: 2);
        var clock = new ComputeClock(TimeProvider.System);
        clock.Start();
        MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32).ComputeMetaGradient(
            problem.ThetaTensor(torch.float32), problem.Batch(torch.float32), innerSteps: 2, clock: clock);
        TimeSpan[] phases = [clock.Times.InnerSteps, clock.Times.Query, clock.Times.MetaGradient];
        phases.ShouldAllBe(time => time > TimeSpan.Zero);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
