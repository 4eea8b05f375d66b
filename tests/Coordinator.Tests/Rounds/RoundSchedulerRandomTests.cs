namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerRandomTests
{
    [Fact]
    public void Handle_RandomMisfortune_CountsEveryChunkOnceAndEndsWhileAnHonestWorkerStays()
    {
        int first = Environment.TickCount & 0xFFFFFF;
        for (int seed = first; seed < first + 2000; seed++)
        {
            string? fault = new RoundSimulation(seed).Run();
            fault.ShouldBeNull($"seed {seed}");
        }
    }
}
