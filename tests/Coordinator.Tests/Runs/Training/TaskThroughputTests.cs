using Maml.Cluster.Coordinator.Runs.Training;

namespace Maml.Cluster.Coordinator.Tests.Runs.Training;

public sealed class TaskThroughputTests
{
    [Fact]
    public void Add_RateChanges_FollowsWithinTheWindow()
    {
        var throughput = new TaskThroughput(TimeSpan.FromSeconds(5));
        double rate = 0;
        for (int second = 1; second <= 10; second++) rate = throughput.Add(TimeSpan.FromSeconds(second), 100);
        rate.ShouldBe(100, 1e-9);
        for (int second = 11; second <= 20; second++) rate = throughput.Add(TimeSpan.FromSeconds(second), 20);
        rate.ShouldBe(20, 1e-9);
    }

    [Fact]
    public void Add_First_CountsFromTheStart() =>
        new TaskThroughput(TimeSpan.FromSeconds(5)).Add(TimeSpan.FromSeconds(2), 50).ShouldBe(25, 1e-9);
}
