using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class LearningRateSchedulesTests
{
    [Theory]
    [InlineData(LearningRateSchedule.Constant, 0, 0.1)]
    [InlineData(LearningRateSchedule.Constant, 99, 0.1)]
    [InlineData(LearningRateSchedule.Cosine, 0, 0.1)]
    [InlineData(LearningRateSchedule.Cosine, 50, 0.05)]
    [InlineData(LearningRateSchedule.Cosine, 100, 0)]
    public void At_Iteration_GivesTheRate(LearningRateSchedule schedule, long iteration, double expected)
    {
        var outer = new OuterConfiguration { Schedule = schedule, LearningRate = 0.1, Iterations = 100 };
        LearningRateSchedules.At(outer, iteration).ShouldBe(expected, 1e-12);
    }
}
