using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerTests
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);
    private readonly RoundScheduler _scheduler = new(new RoundSchedulerOptions(LeaseDuration));

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
    public void Handle_DuplicateForeignOrUnknownAnswer_ChangesNothing()
    {
        Tell(new RoundEvent.WorkerJoined("a", 1));
        Tell(new RoundEvent.WorkerJoined("b", 1));
        Tell(new RoundEvent.RoundStarted(1, 2));
        Tell(new RoundEvent.ChunkCompleted("b", 1)).ShouldBeEmpty();
        Tell(new RoundEvent.ChunkCompleted("a", 77)).ShouldBeEmpty();
        Tell(new RoundEvent.ChunkCompleted("a", 1)).Count.ShouldBe(1);
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBeEmpty();
        Tell(new RoundEvent.ChunkFailed("a", 1, "late")).ShouldBeEmpty();
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
        commands[0].ShouldBe(new RoundCommand.Revoke(1, "a"));
        Leases(commands).Single().Worker.ShouldBe("b");
        Tell(new RoundEvent.ChunkCompleted("a", 1)).ShouldBeEmpty();
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
        Leases(Tell(new RoundEvent.ChunkFailed("bad", 1, "no"))).ShouldBeEmpty("the chunk waits for the worker that has not tried it");
        Leases(Tell(new RoundEvent.ChunkCompleted("good", 2))).Single().ShouldBe(new RoundCommand.Lease(3, "good", 1, 0, LeaseDuration));
    }

    [Fact]
    public void Handle_FiveFailuresByAllWorkers_FailsTheRoundWithTheReason()
    {
        Tell(new RoundEvent.WorkerJoined("a", 2));
        Tell(new RoundEvent.RoundStarted(1, 2));
        for (ulong lease = 1; lease <= 5; lease++)
        {
            IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.ChunkFailed("a", lease == 1 ? 1UL : lease + 1, $"reason {lease}"));
            if (lease < 5) Leases(commands).Single().Chunk.ShouldBe(0);
            else commands.ShouldBe([new RoundCommand.RoundFailed(1, "Chunk 0 failed 5 times, the last time on worker 'a': reason 5"), new RoundCommand.Revoke(2, "a")]);
        }
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
        commands[0].ShouldBe(new RoundCommand.Revoke(1, "a"));
        Leases(commands).Single().Round.ShouldBe(2);
        Tell(new RoundEvent.RoundAbandoned(1)).ShouldBeEmpty();
    }

    private static IEnumerable<RoundCommand.Lease> Leases(IEnumerable<RoundCommand> commands) => commands.OfType<RoundCommand.Lease>();

    private IReadOnlyList<RoundCommand> Tell(RoundEvent happened, TimeSpan now = default) => _scheduler.Handle(happened, now);
}
