using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

public sealed class RoundSchedulerGroupTests
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);
    private readonly RoundScheduler _scheduler = Create();

    [Fact]
    public void Handle_Aggregator_GetsWholeGroupsUntilItHoldsAsManyChunksAsSlots()
    {
        Tell(new RoundEvent.WorkerJoined("a", 4, TakesGroups: true));
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.RoundStarted(1, 8, Group: 3));

        Leases(commands).Select(lease => (lease.Chunk, lease.Count)).ShouldBe([(0, 3), (3, 3)]);
        Leases(commands).ShouldAllBe(lease => lease.Deadline == LeaseDuration * 4, "its chunks may come one after the other, and one of them twice");
        Leases(Tell(new RoundEvent.ChunkCompleted("a", 1))).Select(lease => (lease.Chunk, lease.Count)).ShouldBe([(6, 2)]);
        Tell(new RoundEvent.ChunkCompleted("a", 2)).OfType<RoundCommand.RoundCompleted>().ShouldBeEmpty();
        Tell(new RoundEvent.ChunkCompleted("a", 3)).OfType<RoundCommand.RoundCompleted>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Handle_PlainWorkerBesideAnAggregator_GetsTheChunksOfTheNextGroupOneByOne()
    {
        Tell(new RoundEvent.WorkerJoined("plain", 2));
        Tell(new RoundEvent.WorkerJoined("a", 1, TakesGroups: true));
        IReadOnlyList<RoundCommand> commands = Tell(new RoundEvent.RoundStarted(1, 9, Group: 3));

        Leases(commands).Select(lease => (lease.Worker, lease.Chunk, lease.Count)).ShouldBe([("a", 0, 3), ("plain", 3, 1), ("plain", 4, 1)]);
        Leases(Tell(new RoundEvent.ChunkCompleted("a", 1))).Select(lease => (lease.Worker, lease.Chunk, lease.Count))
            .ShouldBe([("a", 5, 1)], "what is split stays so, and comes before what waits whole");
    }

    [Fact]
    public void Handle_AggregatorLeaves_ItsGroupGoesToAnotherWhole()
    {
        Tell(new RoundEvent.WorkerJoined("a", 2, TakesGroups: true));
        Tell(new RoundEvent.RoundStarted(1, 2, Group: 2));
        Tell(new RoundEvent.WorkerLeft("a")).ShouldBeEmpty();

        Leases(Tell(new RoundEvent.WorkerJoined("b", 2, TakesGroups: true))).Select(lease => (lease.Worker, lease.Chunk, lease.Count)).ShouldBe([("b", 0, 2)]);
    }

    [Fact]
    public void Handle_AggregatorLosesItsWorkers_ItsGroupsAreRevokedAndWaitWithoutAStrike()
    {
        Tell(new RoundEvent.WorkerJoined("a", 0, TakesGroups: true));
        Leases(Tell(new RoundEvent.RoundStarted(1, 2, Group: 2))).ShouldBeEmpty("nobody is behind it");
        Leases(Tell(new RoundEvent.WorkerResized("a", 2))).ShouldHaveSingleItem().LeaseId.ShouldBe(1ul);

        Tell(new RoundEvent.WorkerResized("a", 0)).ShouldBe([new RoundCommand.Revoke(1, "a", RevokeReason.Emptied)]);
        Tell(new RoundEvent.StrayAnswer("a", 1)).ShouldBeEmpty("an answer may have been on its way");
        Leases(Tell(new RoundEvent.WorkerResized("a", 4))).Select(lease => (lease.Chunk, lease.Count)).ShouldBe([(0, 2)]);
    }

    [Fact]
    public void Handle_ChunkFailedOnTheOnlyWorker_DoesNotWaitForAnAggregatorWithoutWorkers()
    {
        Tell(new RoundEvent.WorkerJoined("a", 0, TakesGroups: true));
        Tell(new RoundEvent.WorkerJoined("plain", 1));
        Tell(new RoundEvent.RoundStarted(1, 1, Group: 2));
        Tell(new RoundEvent.ChunkFailed("plain", 1, "no"));

        Leases(_scheduler.Handle(new RoundEvent.Tick(), TimeSpan.FromSeconds(9))).ShouldHaveSingleItem().Worker.ShouldBe("plain");
    }

    [Fact]
    public void Handle_RandomSchedulesOfGroupsAndFailures_GiveTheReferencesBits()
    {
        for (int seed = 0; seed < 300; seed++) Simulate(seed);
    }

    // One worker stays and is honest; the others come and go, fail and shrink. Every chunk counts once, and the sum has the reference's bits.
    private static void Simulate(int seed)
    {
        var random = new Random(seed);
        int chunks = random.Next(1, 25);
        int group = random.Next(1, 7);
        float[] values = [.. Enumerable.Range(0, chunks).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(8)))];
        var sum = new MetaGradientSum(new VectorPool(1), group);
        sum.Begin(chunks);

        RoundScheduler scheduler = Create();
        var held = new Dictionary<ulong, RoundCommand.Lease>();
        var workers = new Dictionary<string, bool>();
        bool isDone = false;
        var now = TimeSpan.Zero;
        Tell(Join("honest", random.Next(2) == 0));
        Tell(new RoundEvent.RoundStarted(1, chunks, Group: group));
        for (int step = 0; !isDone; step++)
        {
            step.ShouldBeLessThan(5000, $"seed {seed}: the round does not end");
            now += TimeSpan.FromSeconds(random.NextDouble());
            foreach (string worker in workers.Keys) Tell(new RoundEvent.WorkerSeen(worker, now));
            Tell(new RoundEvent.Tick());
            string someone = workers.Keys.ElementAt(random.Next(workers.Count));
            switch (random.Next(8))
            {
                case 0 when step < 1000: Tell(Join($"worker-{step}", random.Next(2) == 0)); break;
                case 1 when someone != "honest":
                    workers.Remove(someone);
                    foreach (ulong lost in held.Where(pair => pair.Value.Worker == someone).Select(pair => pair.Key).ToArray()) held.Remove(lost);
                    Tell(new RoundEvent.WorkerLeft(someone));
                    break;
                case 2 when someone != "honest" && workers[someone]: Tell(new RoundEvent.WorkerResized(someone, random.Next(0, 9))); break;
                case 3: Answer(lease => lease.Worker != "honest", isFailure: true); break;
                default: Answer(_ => true, isFailure: false); break;
            }
        }

        float[]? expected = null;
        for (int first = 0; first < chunks; first += group)
        {
            float part = values[first];
            for (int chunk = first + 1; chunk < Math.Min(first + group, chunks); chunk++) part += values[chunk];
            expected = [expected is null ? part : expected[0] + part];
        }

        sum.TakeMean(1, out _)[0].ShouldBe(expected![0], $"seed {seed}");

        RoundEvent Join(string name, bool takesGroups)
        {
            workers.Add(name, takesGroups);
            return new RoundEvent.WorkerJoined(name, random.Next(1, 9), TakesGroups: takesGroups);
        }

        void Answer(Func<RoundCommand.Lease, bool> isMeant, bool isFailure)
        {
            RoundCommand.Lease[] leases = [.. held.Values.Where(isMeant)];
            if (leases.Length == 0) return;
            RoundCommand.Lease lease = leases[random.Next(leases.Length)];
            held.Remove(lease.LeaseId);
            Tell(isFailure ? new RoundEvent.ChunkFailed(lease.Worker, lease.LeaseId, "no") : new RoundEvent.ChunkCompleted(lease.Worker, lease.LeaseId), lease);
        }

        void Tell(RoundEvent happened, RoundCommand.Lease? answered = null)
        {
            foreach (RoundCommand command in scheduler.Handle(happened, now))
            {
                switch (command)
                {
                    case RoundCommand.Lease lease:
                        bool isWhole = lease.Chunk % group == 0 && lease.Count == Math.Min(group, chunks - lease.Chunk);
                        (lease.Count == 1 || (isWhole && workers[lease.Worker])).ShouldBeTrue($"seed {seed}: {lease}");
                        held.Add(lease.LeaseId, lease);
                        break;
                    case RoundCommand.Revoke revoke: held.Remove(revoke.LeaseId).ShouldBeTrue($"seed {seed}: {revoke}"); break;
                    case RoundCommand.Accept: sum.Add(answered!.Chunk, [Part(answered)], answered.Count); break;
                    case RoundCommand.RoundCompleted: isDone = true; break;
                    case RoundCommand.RoundFailed failed: throw new InvalidOperationException($"seed {seed}: {failed}");
                    case RoundCommand.Dismiss dismiss: workers.Remove(dismiss.Worker); break;
                }
            }
        }

        float Part(RoundCommand.Lease lease)
        {
            float part = values[lease.Chunk];
            for (int i = 1; i < lease.Count; i++) part += values[lease.Chunk + i];
            return part;
        }
    }

    private static RoundScheduler Create() => new(new RoundSchedulerOptions(LeaseDuration)
    {
        SilenceLimit = TimeSpan.FromHours(1),
        Retries = new RetryOptions { MaximumFailures = 100_000 },
        Speculation = new SpeculationOptions { MinimumAge = TimeSpan.FromSeconds(1) },
    });

    private static IEnumerable<RoundCommand.Lease> Leases(IEnumerable<RoundCommand> commands) => commands.OfType<RoundCommand.Lease>();

    private IReadOnlyList<RoundCommand> Tell(RoundEvent happened) => _scheduler.Handle(happened, TimeSpan.Zero);
}
