using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerTests
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);
    private readonly RoundScheduler _scheduler = new(new RoundSchedulerOptions(LeaseDuration) { SilenceLimit = TimeSpan.FromHours(1) });

    [Fact]
    public void Handle_WorkersWithSlots_SpreadsChunksAndKeepsTheRest()
    {
        Tell(new RoundEvent.WorkerJoined("a", 2)).ShouldBeEmpty();
        Tell(new RoundEvent.WorkerJoined("b", 1)).ShouldBeEmpty();
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.RoundStarted(1, 5));
        Leases(commands).Select(lease => (lease.Worker, lease.Chunk)).ShouldBe([("a", 0), ("b", 1), ("a", 2)]);
        Leases(commands).ShouldAllBe(lease => lease.Deadline == LeaseDuration);

        commands = Tell(new RoundEvent.ChunkCompleted("b", 2));
        commands[0].ShouldBe(new RoundCommand.Accept(1, 1));
        Leases(commands).Single().ShouldBe(new RoundCommand.Lease(4, "b", 1, 3, LeaseDuration));
    }

    [Fact]
    public void Handle_LastChunk_CompletesTheRound()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.RoundStarted(1, 1));
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBe([new RoundCommand.Accept(1, 0), new RoundCommand.RoundCompleted(1)]);
    }

    [Fact]
    public void Handle_DuplicateForeignOrUnknownAnswer_CountsNothingAndIsAStrike()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.WorkerJoined("b", 1));
        Tell(new RoundEvent.RoundStarted(1, 2));
        Tell(new RoundEvent.ChunkCompleted("b", 1)).Single().ShouldBeOfType<RoundCommand.Strike>().Name.ShouldBe("b");
        Tell(new RoundEvent.ChunkCompleted("a", 77)).Single().ShouldBeOfType<RoundCommand.Strike>().Strikes.ShouldBe(1);
        Tell(new RoundEvent.ChunkCompleted("a", 1)).Count.ShouldBe(1);
        Tell(new RoundEvent.ChunkCompleted("a", 1)).Single().ShouldBeOfType<RoundCommand.Strike>().Strikes.ShouldBe(2);
        Tell(new RoundEvent.ChunkFailed("a", 1, "late")).Single().ShouldBeOfType<RoundCommand.Strike>().Strikes.ShouldBe(3);
    }

    [Fact]
    public void Handle_WorkerLeaves_ItsChunksGoToOthersInOrder()
    {
        Tell(new RoundEvent.WorkerJoined("a", 2));
        Tell(new RoundEvent.RoundStarted(1, 3));
        Tell(new RoundEvent.WorkerLeft("a")).ShouldBeEmpty();
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.WorkerJoined("b", 3));
        Leases(commands).Select(lease => lease.Chunk).ShouldBe([0, 1, 2]);
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBeEmpty("its lease ended with it");
    }

    [Fact]
    public void Handle_LeaseExpires_IsRevokedAndGoesToAnother()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.RoundStarted(1, 1));
        Tell(new RoundEvent.WorkerJoined("b", 1));
        Tell(new RoundEvent.Tick(), LeaseDuration - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.Tick(), LeaseDuration);
        commands[0].ShouldBe(new RoundCommand.Revoke(1, "a", RevokeReason.Expired));
        Leases(commands).Single().Worker.ShouldBe("b");
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBeEmpty("an honest answer that came late");
        Tell(new RoundEvent.ChunkCompleted("a", 1)).Single().ShouldBeOfType<RoundCommand.Strike>("but it comes once");
    }

    [Fact]
    public void Handle_DrainingWorker_EndsWhatItHoldsAndGetsNothingNew()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.RoundStarted(1, 2));
        Tell(new RoundEvent.WorkerDraining("a"));
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBe([new RoundCommand.Accept(1, 0)]);
    }

    [Fact]
    public void Handle_ChunkFails_GoesToAnotherWorkerFirst()
    {
        Tell(new RoundEvent.WorkerJoined("bad", 1));
        Tell(new RoundEvent.WorkerJoined("good", 1));
        Tell(new RoundEvent.RoundStarted(1, 2));
        Tell(new RoundEvent.ChunkFailed("bad", 1, "no")).ShouldBeEmpty();
        Tell(new RoundEvent.Tick(), Seconds(0.1)).ShouldBeEmpty("the chunk waits for the worker that has not tried it");
        Leases(Tell(new RoundEvent.ChunkCompleted("good", 2), Seconds(0.1))).Single()
            .ShouldBe(new RoundCommand.Lease(3, "good", 1, 0, Seconds(0.1) + LeaseDuration, LeaseKind.Retry));
    }

    [Fact]
    public void Handle_ChunkFailsAgain_WaitsTwiceAsLong()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.RoundStarted(1, 1));
        TimeSpan now = default;
        ulong lease = 0;
        foreach (double delay in new[] { 0.1, 0.2, 0.4, 0.8 })
        {
            Tell(new RoundEvent.ChunkFailed("a", ++lease, "no"), now).ShouldBeEmpty();
            _scheduler.NextWake.ShouldBe(now + Seconds(delay));
            Tell(new RoundEvent.Tick(), now + Seconds(delay) - TimeSpan.FromTicks(1)).ShouldBeEmpty();
            now += Seconds(delay);
            Leases(Tell(new RoundEvent.Tick(), now)).Single().Kind.ShouldBe(LeaseKind.Retry);
        }
    }

    [Fact]
    public void DelayAfter_ManyFailures_IsBounded()
    {
        var options = new RetryOptions();
        options.DelayAfter(7).ShouldBe(Seconds(6.4));
        options.DelayAfter(8).ShouldBe(Seconds(10));
        options.DelayAfter(int.MaxValue).ShouldBe(Seconds(10));
    }

    [Fact]
    public void Handle_FiveFailuresByAllWorkers_FailsTheRoundWithTheReason()
    {
        Tell(new RoundEvent.WorkerJoined("a", 2));
        Tell(new RoundEvent.RoundStarted(1, 2));
        for (ulong failure = 1; failure <= 5; failure++)
        {
            IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.ChunkFailed("a", failure == 1 ? 1UL : failure + 1, $"reason {failure}"), Seconds(failure));
            if (failure < 5) Leases(Tell(new RoundEvent.Tick(), Seconds(failure + 0.9))).Single().Chunk.ShouldBe(0);
            else commands.ShouldBe([new RoundCommand.RoundFailed(1, "Chunk 0 failed 5 times, the last time on worker 'a': reason 5"), new RoundCommand.Revoke(2, "a", RevokeReason.RoundEnded)]);
        }
    }

    [Fact]
    public void Handle_SilentWorker_IsLetGoAndItsChunkGoesToAnotherAtOnce()
    {
        var scheduler = new RoundScheduler(new RoundSchedulerOptions(TimeSpan.FromMinutes(1)) { SilenceLimit = Seconds(10) });
        scheduler.Handle(new RoundEvent.WorkerJoined("silent", 1), default);
        scheduler.Handle(new RoundEvent.WorkerJoined("alive", 1), default);
        scheduler.Handle(new RoundEvent.RoundStarted(1, 1), default);
        IReadOnlyList<RoundCommand> commands = [];
        for (double now = 2; now <= 10.5; now += 0.5)
        {
            scheduler.Handle(new RoundEvent.WorkerSeen("alive", Seconds(now)), Seconds(now)).ShouldBeEmpty();
            commands = scheduler.Handle(new RoundEvent.Tick(), Seconds(now));
            if (now <= 10) commands.ShouldBeEmpty();
        }

        commands.Count.ShouldBe(2);
        commands[0].ShouldBe(new RoundCommand.Dismiss("silent", "it was silent for 10.5 s; at most 10.0 s are allowed"));
        commands[1].ShouldBe(new RoundCommand.Lease(2, "alive", 1, 0, Seconds(70.5), LeaseKind.Retry));
        scheduler.Workers.Single().Id.ShouldBe("alive");
    }

    [Fact]
    public void Handle_CoordinatorStoodStill_BlamesNobody()
    {
        var scheduler = new RoundScheduler(new RoundSchedulerOptions(LeaseDuration) { SilenceLimit = Seconds(10) });
        scheduler.Handle(new RoundEvent.WorkerJoined("a", 1), default);
        scheduler.Handle(new RoundEvent.RoundStarted(1, 1), default);
        scheduler.Handle(new RoundEvent.Tick(), Seconds(1)).ShouldBeEmpty();
        scheduler.Handle(new RoundEvent.Tick(), Seconds(601)).ShouldBeEmpty("the lease has nine seconds left, as when it fell asleep");
        scheduler.Handle(new RoundEvent.Tick(), Seconds(605)).ShouldBeEmpty();
        scheduler.Handle(new RoundEvent.Tick(), Seconds(610))[0].ShouldBe(new RoundCommand.Revoke(1, "a", RevokeReason.Expired));
    }

    [Fact]
    public void Handle_TwoRounds_TakeTurns()
    {
        Tell(new RoundEvent.RoundStarted(1, 4));
        Tell(new RoundEvent.RoundStarted(2, 2));
        Leases(Tell(new RoundEvent.WorkerJoined("a", 6))).Select(lease => lease.Round).ShouldBe([1, 2, 1, 2, 1, 1]);
    }

    [Fact]
    public void Handle_RoundAbandoned_RevokesItsLeasesAndFreesTheSlots()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.RoundStarted(1, 1));
        Tell(new RoundEvent.RoundStarted(2, 1));
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.RoundAbandoned(1));
        commands[0].ShouldBe(new RoundCommand.Revoke(1, "a", RevokeReason.RoundEnded));
        Leases(commands).Single().Round.ShouldBe(2);
        Tell(new RoundEvent.RoundAbandoned(1)).ShouldBeEmpty();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IEnumerable<RoundCommand.Lease> Leases(IEnumerable<RoundCommand> commands) => commands.OfType<RoundCommand.Lease>();

    private IReadOnlyList<RoundCommand> Tell(RoundEvent happened, TimeSpan now = default) => _scheduler.Handle(happened, now);
}
