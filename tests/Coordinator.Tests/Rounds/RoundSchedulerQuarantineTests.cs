using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerQuarantineTests
{
    private static readonly RoundSchedulerOptions Options = new(TimeSpan.FromSeconds(30))
    {
        SilenceLimit = TimeSpan.FromHours(1),
        Quarantine = new QuarantineOptions
        {
            StrikeLimit = 2,
            ResultsPerStrike = 2,
            FirstDuration = TimeSpan.FromSeconds(10),
            LongestDuration = TimeSpan.FromSeconds(25),
        },
    };

    private readonly RoundScheduler _scheduler = new(Options);
    private int _lastRound;

    [Fact]
    public void Handle_FailureThatAnotherMakesGood_IsAStrikeAndTheSecondAQuarantine()
    {
        Join("bad");
        Join("good");
        FailAndMakeGood(0).OfType<RoundCommand.Strike>().Single().Strikes.ShouldBe(1);
        IReadOnlyList<RoundCommand> commands = FailAndMakeGood(1);
        commands.OfType<RoundCommand.Strike>().Single().Reason.ShouldContain("nonsense");
        commands.ShouldContain(new RoundCommand.Quarantine("bad", Seconds(10)));
        StatusOf("bad").ShouldBe(WorkerStatus.Quarantined);
        _scheduler.NextWake.ShouldBe(Seconds(11.2));
        Leases(Tell(new RoundEvent.RoundStarted(++_lastRound, 2), Seconds(2))).Single().Worker.ShouldBe("good");
    }

    [Fact]
    public void Handle_FailureThatNobodyMakesGood_IsNoStrike()
    {
        Join("a");
        Join("b");
        Tell(new RoundEvent.RoundStarted(1, 1));
        var commands = new List<RoundCommand>();
        RoundCommand.Lease? lease = new(1, "a", 1, 0, default);
        for (int second = 1; lease is not null; second++)
        {
            commands.AddRange(Tell(new RoundEvent.ChunkFailed(lease.Worker, lease.LeaseId, "it diverges"), Seconds(second)));
            lease = Leases(Tell(new RoundEvent.Tick(), Seconds(second + 0.9))).SingleOrDefault();
        }

        commands.Single().ShouldBeOfType<RoundCommand.RoundFailed>();
        StatusOf("a").ShouldBe(WorkerStatus.Active);
    }

    [Fact]
    public void Handle_TrialsThatFail_LastTwiceAsLongUpToABound()
    {
        Join("bad");
        Join("good");
        Condemn("bad", Seconds(0)).ShouldBe(Seconds(10));
        Tell(new RoundEvent.WorkerDraining("good"));
        TimeSpan now = Seconds(10);
        foreach (double next in new[] { 20.0, 25, 25 })
        {
            Tell(new RoundEvent.Tick(), now - TimeSpan.FromTicks(1)).ShouldBeEmpty();
            Tell(new RoundEvent.Tick(), now).ShouldBe([new RoundCommand.Trial("bad", IsEarly: false)]);
            StatusOf("bad").ShouldBe(WorkerStatus.Active);
            RoundCommand.Lease trial = Leases(Tell(new RoundEvent.RoundStarted(++_lastRound, 3), now)).Single();
            Tell(new RoundEvent.RoundStarted(++_lastRound, 3), now).ShouldBeEmpty("one chunk decides");
            Join("holder", slots: 6, now);
            Tell(new RoundEvent.ChunkFailed("bad", trial.LeaseId, "still"), now).ShouldContain(new RoundCommand.Quarantine("bad", Seconds(next)));
            for (int round = 1; round <= _lastRound; round++) Tell(new RoundEvent.RoundAbandoned(round), now);
            Tell(new RoundEvent.WorkerLeft("holder"), now);
            now = _scheduler.Workers[0].Conduct.Until;
        }
    }

    [Fact]
    public void Handle_TrialThatSucceeds_TrustsAgain()
    {
        Join("bad", slots: 2);
        Condemn("bad", Seconds(0));
        Tell(new RoundEvent.Tick(), Seconds(10));
        RoundCommand.Lease trial = Leases(Tell(new RoundEvent.RoundStarted(++_lastRound, 3), Seconds(10))).Single();
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.ChunkCompleted("bad", trial.LeaseId), Seconds(10));
        commands.ShouldContain(new RoundCommand.Trust("bad"));
        Leases(commands).Count().ShouldBe(2);
    }

    [Fact]
    public void Handle_AllThatStayAreInQuarantine_TheLeastBadIsTriedEarly()
    {
        Join("worse");
        Join("bad");
        Condemn("worse", Seconds(0));
        Tell(new RoundEvent.Tick(), Seconds(10));
        Tell(new RoundEvent.StrayAnswer("worse", 99), Seconds(10)).ShouldContain(new RoundCommand.Quarantine("worse", Seconds(20)));
        Condemn("bad", Seconds(11));
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.RoundStarted(++_lastRound, 2), Seconds(12));
        commands[0].ShouldBe(new RoundCommand.Trial("bad", IsEarly: true));
        Leases(commands).Single().Worker.ShouldBe("bad");
    }

    [Fact]
    public void Handle_ReattachUnderTheSameName_KeepsStrikesAndQuarantine()
    {
        Join("1", name: "bad");
        Join("good");
        Tell(new RoundEvent.StrayAnswer("1", 99));
        Tell(new RoundEvent.WorkerLeft("1"));
        Join("2", name: "bad");
        Tell(new RoundEvent.StrayAnswer("2", 99)).OfType<RoundCommand.Strike>().Single().Strikes.ShouldBe(2);
        Tell(new RoundEvent.WorkerLeft("2"));
        Join("3", name: "bad");
        StatusOf("3").ShouldBe(WorkerStatus.Quarantined);
        Leases(Tell(new RoundEvent.RoundStarted(1, 2))).Single().Worker.ShouldBe("good");
    }

    [Fact]
    public void Handle_MisbehaviourInQuarantine_IsTheEnd()
    {
        Join("bad");
        Condemn("bad", default);
        Tell(new RoundEvent.StrayAnswer("bad", 99)).Count.ShouldBe(1);
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.StrayAnswer("bad", 99));
        commands.ShouldContain(new RoundCommand.Quarantine("bad", Seconds(20)));
        commands[^1].ShouldBeOfType<RoundCommand.Dismiss>().Worker.ShouldBe("bad");
        _scheduler.Workers.ShouldBeEmpty();
    }

    [Fact]
    public void Handle_GoodResults_MakeUpForStrikes()
    {
        Join("a");
        Tell(new RoundEvent.StrayAnswer("a", 99));
        Tell(new RoundEvent.RoundStarted(1, 2));
        Tell(new RoundEvent.ChunkCompleted("a", 1));
        Tell(new RoundEvent.ChunkCompleted("a", 2));
        Tell(new RoundEvent.StrayAnswer("a", 99)).Single().ShouldBeOfType<RoundCommand.Strike>().Strikes.ShouldBe(1);
    }

    [Fact]
    public void Keep_MoreNamesThanFit_ForgetsTheFirst()
    {
        var book = new ConductBook();
        for (int i = 0; i <= ConductBook.Capacity; i++)
        {
            WorkerConduct conduct = book.Take($"worker-{i}");
            conduct.AddStrike(Options.Quarantine);
            book.Keep(conduct);
        }

        book.Take("worker-0").Strikes.ShouldBe(0);
        book.Take("worker-1").Strikes.ShouldBe(1);
    }

    private void Join(string worker, int slots = 1, TimeSpan now = default, string? name = null) =>
        Tell(new RoundEvent.WorkerJoined(worker, slots, name), now).OfType<RoundCommand.Dismiss>().ShouldBeEmpty();

    private TimeSpan Condemn(string worker, TimeSpan now)
    {
        Tell(new RoundEvent.StrayAnswer(worker, 99), now);
        return Tell(new RoundEvent.StrayAnswer(worker, 99), now).OfType<RoundCommand.Quarantine>().Single().Duration;
    }

    // A round of two chunks: 'bad' fails its own, 'good' computes both.
    private List<RoundCommand> FailAndMakeGood(double second)
    {
        RoundCommand.Lease[] leases = [.. Leases(Tell(new RoundEvent.RoundStarted(++_lastRound, 2), Seconds(second)))];
        leases.Select(lease => lease.Worker).ShouldBe(["bad", "good"]);
        Tell(new RoundEvent.ChunkFailed("bad", leases[0].LeaseId, "nonsense"), Seconds(second)).ShouldBeEmpty("the chunk may be to blame");
        Tell(new RoundEvent.ChunkCompleted("good", leases[1].LeaseId), Seconds(second));
        RoundCommand.Lease again = Leases(Tell(new RoundEvent.Tick(), Seconds(second + 0.1))).Single();
        again.Worker.ShouldBe("good");
        return [.. Tell(new RoundEvent.ChunkCompleted("good", again.LeaseId), Seconds(second + 0.2))];
    }

    private WorkerStatus StatusOf(string worker) => _scheduler.Workers.Single(state => state.Id == worker).Status;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IEnumerable<RoundCommand.Lease> Leases(IEnumerable<RoundCommand> commands) => commands.OfType<RoundCommand.Lease>();

    private IReadOnlyList<RoundCommand> Tell(RoundEvent happened, TimeSpan now = default) => _scheduler.Handle(happened, now);
}
