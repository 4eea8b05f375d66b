using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>Thousands of situations from a seed, which a failure prints.</summary>
public sealed class BalancerTests
{
    private const int Situations = 3000;

    [Fact]
    public void Balance_AnySituation_MovesEachWorkerAtMostOnceToOneThatStays() => ForMany((situation, seed) =>
    {
        IReadOnlyList<WorkerMove> moves = situation.Balance();
        moves.Select(move => move.Instance).ShouldBeUnique($"seed {seed}");
        foreach (WorkerMove move in moves)
        {
            situation.Workers.Single(worker => worker.Instance == move.Instance).Coordinator.ShouldBe(move.From, $"seed {seed}");
            situation.Coordinators.Single(coordinator => coordinator.Id == move.To).IsLeaving.ShouldBeFalse($"seed {seed}");
            move.To.ShouldNotBe(move.From, $"seed {seed}");
        }
    });

    [Fact]
    public void Balance_AnySituation_NoRunHasTwoLessThanAnotherThatCouldSpareOne() => ForMany((situation, seed) =>
    {
        Situation after = situation.After(situation.Balance());
        CoordinatorView[] needy = [.. after.Coordinators.Where(coordinator => coordinator is { IsLeaving: false, Needs.Count: > 0 })];
        Dictionary<string, int[]> runs = needy.ToDictionary(coordinator => coordinator.Id, coordinator => Fill(coordinator.Needs, after.CountAt(coordinator.Id)));
        foreach (CoordinatorView poor in needy)
        {
            // The run that has least and could use more.
            int[] least = [.. runs[poor.Id].Where((workers, run) => workers < poor.Needs[run])];
            if (least.Length == 0) continue;
            int most = needy.Where(other => other != poor).SelectMany(other => runs[other.Id]).DefaultIfEmpty().Max();
            most.ShouldBeLessThanOrEqualTo(least.Min() + 1, $"seed {seed}: {situation}");
            foreach (CoordinatorView idle in after.Coordinators.Where(other => after.CountAt(other.Id) > (other.IsLeaving ? 0 : other.Needs.Sum())))
                Assert.Fail($"seed {seed}: {idle.Id} has workers that it does not need while {poor.Id} lacks some.");
        }
    });

    [Fact]
    public void Balance_AnySituation_NobodyNeedyIsWithoutAWorkerWhileAnotherHasTwo() => ForMany((situation, seed) =>
    {
        Situation after = situation.After(situation.Balance());
        CoordinatorView[] staying = [.. after.Coordinators.Where(coordinator => !coordinator.IsLeaving)];
        if (staying.Any(coordinator => coordinator.Needs.Count > 0 && after.CountAt(coordinator.Id) == 0))
            staying.ShouldAllBe(coordinator => after.CountAt(coordinator.Id) <= 1, $"seed {seed}: {situation}");
    });

    [Fact]
    public void Balance_SmallSituation_NoFewerMovesWouldDo()
    {
        ForMany((situation, seed) =>
        {
            Situation after = situation.After(situation.Balance());
            int[] reached = [.. FairnessOf(after)];
            int fewest = Distributions(situation)
                .Where(counts => FairnessOf(situation, counts).SequenceEqual(reached))
                .Min(counts => situation.Coordinators.Select((coordinator, index) =>
                    coordinator.IsLeaving ? 0 : Math.Max(0, counts[index] - situation.CountAt(coordinator.Id))).Sum());
            situation.Balance().Count.ShouldBe(fewest, $"seed {seed}: {situation}");
        }, mostCoordinators: 3, mostWorkers: 6, situations: 800);
    }

    [Fact]
    public void Balance_AfterItsMoves_WantsNoOthers() => ForMany((situation, seed) =>
        situation.After(situation.Balance()).Balance().ShouldBeEmpty($"seed {seed}: {situation}"));

    [Fact]
    public void Balance_NobodyNeedsAny_LeavesAllWhereTheyAre() => ForMany((situation, seed) =>
        (situation with { Coordinators = [.. situation.Coordinators.Select(coordinator => coordinator with { Needs = [], IsLeaving = false })] })
            .Balance().ShouldBeEmpty($"seed {seed}"));

    [Fact]
    public void Balance_WorkersOnTheirWay_AreNotSentElsewhere() => ForMany((situation, seed) =>
    {
        var random = new Random(seed);
        HashSet<string> moving = [.. situation.Workers.Where(_ => random.Next(2) == 0).Select(worker => worker.Instance)];
        Situation some = situation with { Workers = [.. situation.Workers.Select(worker => worker with { IsMoving = moving.Contains(worker.Instance) })] };
        some.Balance().ShouldAllBe(move => !moving.Contains(move.Instance), $"seed {seed}");
    });

    [Fact]
    public void Balance_CoordinatorLeaves_ItsWorkersFillTheGapsAndNobodyElseMoves()
    {
        var situation = new Situation(
            [new("a", IsLeaving: true, [4]), new("b", IsLeaving: false, [4]), new("c", IsLeaving: false, [4])],
            [new("w1", "a", default), new("w2", "a", default), new("w3", "b", default), new("w4", "c", default)],
            TimeSpan.FromHours(1));
        situation.Balance().Select(move => move.From).ShouldBe(["a", "a"]);
        situation.Balance().Select(move => move.To).ShouldBe(["b", "c"], ignoreOrder: true);
    }

    [Fact]
    public void Balance_AllLeave_NobodyHasWhereToGo() =>
        new Situation([new("a", IsLeaving: true, [4])], [new("w1", "a", default)], TimeSpan.FromHours(1)).Balance().ShouldBeEmpty();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 2)]
    public void Balance_FewerWorkersThanCoordinatorsInNeed_TheyTakeTurns(int coordinators, int workers)
    {
        TimeSpan step = TimeSpan.FromSeconds(1);
        string[] ids = [.. Enumerable.Range(0, coordinators).Select(index => $"c{index}")];
        var served = ids.ToDictionary(id => id, _ => TimeSpan.Zero);
        var starved = ids.ToDictionary(id => id, _ => (TimeSpan?)TimeSpan.Zero);
        var situation = new Situation([], [.. Enumerable.Range(0, workers).Select(index => new WorkerView($"w{index}", $"c{index}", default))], default);
        for (TimeSpan now = default; now < Situation.Turn * coordinators * 4; now += step)
        {
            foreach (string id in ids) starved[id] = situation.CountAt(id) > 0 ? null : starved[id] ?? now;
            situation = situation with { Now = now, Coordinators = [.. ids.Select(id => new CoordinatorView(id, IsLeaving: false, [8], starved[id]))] };
            foreach (WorkerMove move in situation.Balance())
                (now - situation.Workers.Single(worker => worker.Instance == move.Instance).Since).ShouldBeGreaterThanOrEqualTo(Situation.Turn);
            situation = situation.After(situation.Balance());
            foreach (string id in ids.Where(id => situation.CountAt(id) > 0)) served[id] += step;
        }

        TimeSpan fair = Situation.Turn * 4 * workers;
        served.Values.ShouldAllBe(time => time > fair * 0.6 && time < fair * 1.5);
    }

    [Fact]
    public void Place_ManyArrivals_LeaveNothingToMove() => ForMany((situation, seed) =>
    {
        Situation settled = situation.After(situation.Balance());
        IReadOnlyList<string> places = Balancer.Place(settled.Coordinators, settled.Workers, 10, Situation.Turn, settled.Now);
        foreach (int count in Enumerable.Range(1, places.Count))
        {
            Situation grown = settled with
            {
                Workers = [.. settled.Workers, .. places.Take(count).Select((place, index) => new WorkerView($"new{index}", place, settled.Now))],
            };
            grown.Balance().ShouldBeEmpty($"seed {seed}, after {count}: {situation}");
        }
    });

    // How many workers each run of a coordinator has when they share what it has.
    private static int[] Fill(IReadOnlyList<int> needs, int workers)
    {
        int[] runs = new int[needs.Count];
        for (; workers > 0 && runs.Where((count, run) => count < needs[run]).Any(); workers--)
        {
            int next = Enumerable.Range(0, runs.Length).Where(run => runs[run] < needs[run]).MinBy(run => runs[run]);
            runs[next]++;
        }

        return runs;
    }

    // Two distributions are as fair as each other when as many coordinators have any, and the runs have the same numbers, whichever has which.
    private static IEnumerable<int> FairnessOf(Situation situation, int[]? counts = null)
    {
        int[][] runs = [.. situation.Coordinators.Select((coordinator, index) =>
            coordinator.IsLeaving ? [] : Fill(coordinator.Needs, counts?[index] ?? situation.CountAt(coordinator.Id)))];
        return [runs.Count(here => here.Any(workers => workers > 0)), .. runs.SelectMany(here => here).Order()];
    }

    // Every way to have the workers at coordinators that stay.
    private static IEnumerable<int[]> Distributions(Situation situation)
    {
        int[] staying = [.. situation.Coordinators.Select((coordinator, index) => coordinator.IsLeaving ? -1 : index).Where(index => index >= 0)];
        int[] counts = new int[situation.Coordinators.Count];
        return staying.Length == 0 ? [counts] : Spread(0, situation.Workers.Count);

        IEnumerable<int[]> Spread(int position, int left)
        {
            if (position == staying.Length - 1)
            {
                counts[staying[position]] = left;
                yield return [.. counts];
                yield break;
            }

            for (int here = 0; here <= left; here++)
            {
                counts[staying[position]] = here;
                foreach (int[] rest in Spread(position + 1, left - here)) yield return rest;
            }
        }
    }

    private static void ForMany(Action<Situation, int> check, int mostCoordinators = 4, int mostWorkers = 8, int situations = Situations)
    {
        int first = Random.Shared.Next();
        for (int seed = first; seed != first + situations; seed++) check(Situation.Draw(new Random(seed), mostCoordinators, mostWorkers), seed);
    }
}
