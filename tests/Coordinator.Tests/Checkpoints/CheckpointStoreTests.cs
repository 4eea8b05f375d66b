using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_NoFolder_MakesNoneAndHasNothing()
    {
        string missing = _folder.File("checkpoints");
        CheckpointStore store = SmallCheckpoints.Open(missing);
        Directory.Exists(missing).ShouldBeFalse();
        store.Newest.ShouldBeNull();
        CheckpointStore.ReadNewest(missing, _ => throw new InvalidOperationException()).ShouldBeNull();
        store.Save(SmallCheckpoints.Create(1));
        CheckpointStore.ReadNewest(missing, _ => throw new InvalidOperationException())!.Iteration.ShouldBe(1);
    }

    [Fact]
    public void Save_InAnyOrderWithAnyScores_KeepsTheNewestAndTheBest()
    {
        // All orders of four scores, some of them equal or missing; saved in order, scored after each as a run does.
        double?[] scores = [0.5, 0.7, 0.7, null];
        foreach (int[] order in Permutations(4))
        foreach (bool higherIsBetter in new[] { true, false })
        {
            using var folder = new TemporaryFolder();
            CheckpointStore store = SmallCheckpoints.Open(folder.Path, keep: 1, keepBest: 2, higherIsBetter);
            var retained = new Dictionary<long, double?>();
            foreach (int index in order)
            {
                long iteration = retained.Count == 0 ? 1 : retained.Keys.Max() + 1;
                store.Save(SmallCheckpoints.Create(iteration));
                retained[iteration] = null;
                Retain(retained, higherIsBetter);
                if (scores[index] is { } score) store.Score(iteration, score);
                retained[iteration] = scores[index];
                Retain(retained, higherIsBetter);
                SmallCheckpoints.In(folder.Path).ShouldBe(retained.Keys.Order().Cast<long?>(), $"{string.Join(' ', order)}, {higherIsBetter}");
            }

            long best = BestFirst(retained, higherIsBetter).First();
            store.Best!.Iteration.ShouldBe(best);
            CheckpointStore.ReadBest(folder.Path, fault => throw new InvalidOperationException(fault))!.Iteration.ShouldBe(best);
            SmallCheckpoints.Open(folder.Path, 1, 2, higherIsBetter).Best.ShouldBe(store.Best);
        }
    }

    [Fact]
    public void Save_OlderThanThoseThatAreKept_IsThereUntilTheNext()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1);
        store.Save(SmallCheckpoints.Create(3));
        File.Exists(store.Save(SmallCheckpoints.Create(1))).ShouldBeTrue();
        SmallCheckpoints.In(_folder.Path).ShouldBe([1, 3]);
        store.Save(SmallCheckpoints.Create(4));
        SmallCheckpoints.In(_folder.Path).ShouldBe([4]);
    }

    [Fact]
    public void Save_SameIterationAgain_ReplacesItAndKeepsItsScore()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1);
        string before = store.Save(SmallCheckpoints.Create(1));
        store.Score(1, 0.5);
        for (int time = 0; time < 3; time++)
        {
            string path = store.Save(SmallCheckpoints.Create(1) with { WallSeconds = 100 + time });
            path.ShouldNotBe(before, "what the manifest names is never written over");
            before = path;
            Directory.GetFiles(_folder.Path, "*.safetensors").ShouldBe([path]);
            Read()!.WallSeconds.ShouldBe(100 + time);
            store.Best!.Score.ShouldBe(0.5);
        }
    }

    [Fact]
    public void Score_BeforeItsCheckpoint_IsRemembered()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1, keepBest: 1);
        store.Score(2, 0.5);
        store.Score(2, double.NaN);
        store.Save(SmallCheckpoints.Create(2));
        store.Save(SmallCheckpoints.Create(3));
        SmallCheckpoints.In(_folder.Path).ShouldBe([2, 3]);
        store.Best!.Iteration.ShouldBe(2);
    }

    [Fact]
    public void ReadBest_BestIsDamaged_UsesTheNextBest()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 3);
        foreach (long iteration in new[] { 1, 2, 3 })
        {
            store.Save(SmallCheckpoints.Create(iteration));
            store.Score(iteration, iteration == 2 ? 0.9 : 0.1 * iteration);
        }

        File.WriteAllText(_folder.File("iteration-000000002.safetensors"), "torn");
        var reports = new List<string>();
        CheckpointStore.ReadBest(_folder.Path, reports.Add)!.Iteration.ShouldBe(3);
        reports.ShouldHaveSingleItem().ShouldContain("iteration-000000002");
    }

    [Fact]
    public void Open_NewestDamaged_SaysSoAndWritesItAnew()
    {
        string damaged = SaveTwo();
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..1000]);
        var reports = new List<string>();
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1, report: reports.Add);
        reports.ShouldHaveSingleItem().ShouldContain(damaged);
        store.Newest!.Iteration.ShouldBe(1);
        store.Save(SmallCheckpoints.Create(2)).ShouldBe(damaged);
        Read()!.Iteration.ShouldBe(2);
        SmallCheckpoints.In(_folder.Path).ShouldBe([2]);
    }

    [Fact]
    public void Open_LaterOneDamaged_DoesNotTakeTheNewOnesPlace()
    {
        string damaged = SaveTwo(second: 50);
        File.WriteAllText(damaged, "torn");
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1, report: _ => { });
        store.Save(SmallCheckpoints.Create(10));
        CheckpointStore.ReadNewest(_folder.Path, _ => { })!.Iteration.ShouldBe(10);
    }

    [Fact]
    public void Open_LeftoversOfAKilledWriter_AreGoneAndOthersStay()
    {
        SaveTwo();
        string leftover = _folder.File($"iteration-000000003.safetensors.{Guid.NewGuid():N}.partial");
        File.WriteAllText(leftover, "half");
        File.WriteAllText(_folder.File("notes.partial"), "mine");
        SmallCheckpoints.Open(_folder.Path);
        File.Exists(leftover).ShouldBeFalse();
        File.Exists(_folder.File("notes.partial")).ShouldBeTrue();
    }

    [Fact]
    public async Task ReadNewest_WhileARunSaves_AlwaysFindsOne()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1);
        store.Save(SmallCheckpoints.Create(1));
        Task saving = Task.Run(() =>
        {
            for (long iteration = 2; iteration <= 200; iteration++) store.Save(SmallCheckpoints.Create(iteration));
        });
        long newest = 0;
        while (!saving.IsCompleted)
        {
            long read = CheckpointStore.ReadNewest(_folder.Path, _ => { }).ShouldNotBeNull().Iteration;
            read.ShouldBeGreaterThanOrEqualTo(newest);
            newest = read;
        }

        await saving;
        Read()!.Iteration.ShouldBe(200);
    }

    private string SaveTwo(long second = 2)
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        store.Save(SmallCheckpoints.Create(1));
        return store.Save(SmallCheckpoints.Create(second));
    }

    private Checkpoint? Read() => CheckpointStore.ReadNewest(_folder.Path, fault => throw new InvalidOperationException(fault));

    // The rule again, in other words than the store's.
    private static void Retain(Dictionary<long, double?> retained, bool higherIsBetter)
    {
        HashSet<long> stay = [.. retained.Keys.OrderDescending().Take(1), .. BestFirst(retained, higherIsBetter).Take(2)];
        foreach (long iteration in retained.Keys.Except(stay).ToArray()) retained.Remove(iteration);
    }

    private static IEnumerable<long> BestFirst(Dictionary<long, double?> retained, bool higherIsBetter) => retained
        .Where(pair => pair.Value.HasValue)
        .OrderBy(pair => higherIsBetter ? -pair.Value!.Value : pair.Value!.Value)
        .ThenByDescending(pair => pair.Key)
        .Select(pair => pair.Key);

    private static IEnumerable<int[]> Permutations(int count) => count == 0
        ? [[]]
        : Permutations(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(at => (int[])[.. rest[..at], count - 1, .. rest[at..]]));
}
