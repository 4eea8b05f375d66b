using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerSpeculationTests
{
    private static readonly RoundSchedulerOptions Options = new(TimeSpan.FromHours(1)) { SilenceLimit = TimeSpan.FromHours(1) };

    [Fact]
    public void Handle_LeaseOlderThanTwiceTheMedian_IsGivenToAFreeWorker()
    {
        RoundScheduler scheduler = Straggling(Options);
        scheduler.NextWake.ShouldBe(Seconds(8));
        Leases(scheduler.Handle(new RoundEvent.Tick(), Seconds(7.9))).ShouldBeEmpty();
        Leases(scheduler.Handle(new RoundEvent.Tick(), Seconds(8))).Single()
            .ShouldBe(new RoundCommand.Lease(5, "fast", 1, 0, Seconds(3608), LeaseKind.Speculative));
        scheduler.Handle(new RoundEvent.Tick(), Seconds(100)).ShouldBeEmpty("nobody else is there");

        IReadOnlyList<RoundCommand> commands = scheduler.Handle(new RoundEvent.ChunkCompleted("fast", 5), Seconds(101));
        commands[0].ShouldBe(new RoundCommand.Accept(1, 0, IsSpeculative: true));
        commands[1].ShouldBe(new RoundCommand.Revoke(1, "slow", RevokeReason.Overtaken));
        commands[2].ShouldBeOfType<RoundCommand.Strike>().Name.ShouldBe("slow");
        commands[3].ShouldBe(new RoundCommand.RoundCompleted(1));
        scheduler.Handle(new RoundEvent.ChunkCompleted("slow", 1), Seconds(102)).ShouldBeEmpty("an honest answer that came late");
    }

    [Fact]
    public void Handle_StragglerAnswersFirst_NobodyIsToBlame()
    {
        RoundScheduler scheduler = Straggling(Options);
        scheduler.Handle(new RoundEvent.Tick(), Seconds(8));
        scheduler.Handle(new RoundEvent.ChunkCompleted("slow", 1), Seconds(9)).ShouldBe(
            [new RoundCommand.Accept(1, 0), new RoundCommand.Revoke(5, "fast", RevokeReason.Overtaken), new RoundCommand.RoundCompleted(1)]);
    }

    [Fact]
    public void Handle_StragglerIsLost_ItsChunkStaysWithTheOther()
    {
        RoundScheduler scheduler = Straggling(Options);
        scheduler.Handle(new RoundEvent.Tick(), Seconds(8));
        scheduler.Handle(new RoundEvent.WorkerLeft("slow"), Seconds(9)).ShouldBeEmpty();
        scheduler.Handle(new RoundEvent.ChunkCompleted("fast", 5), Seconds(9)).Count.ShouldBe(2);
    }

    [Fact]
    public void Handle_AnotherRoundNeedsThePlace_TheSpeculativeLeaseGivesWay()
    {
        RoundScheduler scheduler = Straggling(Options);
        scheduler.Handle(new RoundEvent.Tick(), Seconds(8));
        IReadOnlyList<RoundCommand> commands = scheduler.Handle(new RoundEvent.RoundStarted(2, 3), Seconds(9));
        commands[2].ShouldBe(new RoundCommand.Revoke(5, "fast", RevokeReason.Preempted));
        Leases(commands).Select(lease => lease.Round).ShouldBe([2, 2, 2]);
    }

    [Fact]
    public void Handle_SwitchedOff_LeavesTheStragglerAlone()
    {
        RoundScheduler scheduler = Straggling(Options with { Speculation = new SpeculationOptions { IsEnabled = false } });
        scheduler.NextWake.ShouldBeNull();
        scheduler.Handle(new RoundEvent.Tick(), Seconds(1000)).ShouldBeEmpty();
    }

    [Fact]
    public void Handle_ManyHelpersAndStragglers_StaysWithinTheBounds()
    {
        RoundScheduler scheduler = Straggling(Options with { Speculation = new SpeculationOptions { MaximumExtraLeases = 2 } });
        for (int helper = 0; helper < 6; helper++) scheduler.Handle(new RoundEvent.WorkerJoined($"helper-{helper}", 1), Seconds(4));
        var granted = new List<RoundCommand.Lease>();
        for (double now = 5; now < 100; now++) granted.AddRange(Leases(scheduler.Handle(new RoundEvent.Tick(), Seconds(now))));
        granted.Count.ShouldBe(2);
        granted.ShouldAllBe(lease => lease.Kind == LeaseKind.Speculative);
        granted[1].Deadline.ShouldBe(granted[0].Deadline + Seconds(8), "the second helper comes when the first takes long as well");
    }

    [Fact]
    public void AllowanceOf_Round_IsAShareAndOneAtLeast()
    {
        var options = new SpeculationOptions { MaximumShare = 0.25 };
        options.AllowanceOf(1).ShouldBe(1);
        options.AllowanceOf(7).ShouldBe(1);
        options.AllowanceOf(12).ShouldBe(3);
    }

    // One worker sits on chunk 0 while another has done chunks 1 to 3, in 4 seconds each.
    private static RoundScheduler Straggling(RoundSchedulerOptions options)
    {
        var scheduler = new RoundScheduler(options);
        scheduler.Handle(new RoundEvent.WorkerJoined("slow", 1), default);
        scheduler.Handle(new RoundEvent.WorkerJoined("fast", 3), default);
        scheduler.Handle(new RoundEvent.RoundStarted(1, 4), default);
        foreach (ulong lease in new ulong[] { 2, 3, 4 }) scheduler.Handle(new RoundEvent.ChunkCompleted("fast", lease), Seconds(4));
        return scheduler;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IEnumerable<RoundCommand.Lease> Leases(IEnumerable<RoundCommand> commands) => commands.OfType<RoundCommand.Lease>();
}
