using System.Globalization;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

/// <summary>Set <c>MAML_SIMULATION_SEED</c> to the seed of a failure to run that schedule alone.</summary>
public sealed class RoundSchedulerRandomTests
{
    private const string SeedVariable = "MAML_SIMULATION_SEED";
    private const int Schedules = 100_000;

    [Fact]
    public void Handle_RandomMisfortune_CountsEveryChunkOnceAndEndsWhileAnHonestWorkerStays()
    {
        (int first, int count) = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out int only)
            ? (only, 1)
            : (Environment.TickCount & 0xFFFFFF, Schedules);
        for (int seed = first; seed < first + count; seed++)
        {
            string? fault = new RoundSimulation(seed).Run();
            fault.ShouldBeNull($"seed {seed}; run it alone with {SeedVariable}={seed}");
        }
    }

    [Fact]
    public void Run_AThousandSeeds_ReachEverythingThatTheSchedulerCanDecide()
    {
        var seen = new HashSet<string>();
        for (int seed = 0; seed < 1000; seed++) new RoundSimulation(seed) { Obeying = command => seen.Add(KindOf(command)) }.Run().ShouldBeNull($"seed {seed}");
        seen.ShouldBe(
            [
                "Lease First", "Lease Retry", "Lease Speculative", "Revoke RoundEnded", "Revoke Expired", "Revoke Overtaken", "Revoke Preempted",
                "Revoke Quarantined", "Accept False", "Accept True", "RoundCompleted", "Dismiss", "Strike", "Quarantine", "Trial False", "Trial True", "Trust",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Run_SameSeed_IsTheSameSchedule()
    {
        var one = new RoundSimulation(4711);
        var other = new RoundSimulation(4711);
        one.Run().ShouldBe(other.Run());
        one.Events.ShouldBe(other.Events);
        one.Events.ShouldBeGreaterThan(0);
    }

    private static string KindOf(RoundCommand command) => command switch
    {
        RoundCommand.Lease lease => $"Lease {lease.Kind}",
        RoundCommand.Revoke revoke => $"Revoke {revoke.Reason}",
        RoundCommand.Accept accept => $"Accept {accept.IsSpeculative}",
        RoundCommand.Trial trial => $"Trial {trial.IsEarly}",
        _ => command.GetType().Name,
    };
}
