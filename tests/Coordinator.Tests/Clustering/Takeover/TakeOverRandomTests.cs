using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Takeover;

public sealed class TakeOverRandomTests
{
    private const int Schedules = 3_000;
    private const int Repetitions = 20;

    [Fact]
    public void Run_RandomFaults_HasOneMasterAtATimeAndEnds()
    {
        long takeOvers = 0;
        for (int seed = 0; seed < Schedules; seed++) takeOvers += Run(seed);

        // A schedule in which nothing happens proves nothing.
        takeOvers.ShouldBeGreaterThan(Schedules * 2, "take-overs in all");
    }

    [Fact]
    public void Run_SameSeed_HappensTheSame() =>
        Enumerable.Range(0, Repetitions).Select(Run).ShouldBe(Enumerable.Range(0, Repetitions).Select(Run));

    private static long Run(int seed)
    {
        using var cluster = new SimulatedCluster(seed);
        try
        {
            cluster.Run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
        }

        return cluster.Epoch;
    }
}
