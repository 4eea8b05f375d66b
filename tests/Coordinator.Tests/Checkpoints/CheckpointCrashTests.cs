using System.Diagnostics;
using System.Globalization;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

/// <summary>Whenever a process that saves is killed, its folder has the newest checkpoint that it had told of, or a newer one.</summary>
public sealed class CheckpointCrashTests : IDisposable
{
    private const int Kills = 15;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_KilledAtRandom_TheNewestIsThere()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        long told = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            told = Math.Max(told, SaveUntilKilled(random));
            string when = $"seed {seed}, kill {kill}";
            Checkpoint newest = CheckpointStore.ReadNewest(_folder.Path, fault => throw new InvalidOperationException($"{when}: {fault}"))!;
            newest.Iteration.ShouldBeGreaterThanOrEqualTo(told, when);
            CheckpointStore.ReadBest(_folder.Path, fault => throw new InvalidOperationException($"{when}: {fault}")).ShouldNotBeNull(when);
            CheckpointStore store = SmallCheckpoints.Open(_folder.Path, CheckpointWriterProgram.Keep, CheckpointWriterProgram.KeepBest);
            store.Newest!.Iteration.ShouldBe(newest.Iteration, when);
            Directory.GetFiles(_folder.Path, "*.partial").ShouldBeEmpty(when);
        }

        SmallCheckpoints.Open(_folder.Path, keep: 1).Save(SmallCheckpoints.Create(told + 1000));
        SmallCheckpoints.In(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void Save_KilledBetweenAnyTwoSteps_TheNewestIsThere()
    {
        string before = _folder.File("before"), after = _folder.File("after");
        CheckpointStore store = SmallCheckpoints.Open(before, keep: 2, keepBest: 1);
        foreach (long iteration in new[] { 1, 2, 3 })
        {
            store.Save(SmallCheckpoints.Create(iteration));
            store.Score(iteration, 1.0 / iteration);
        }

        SmallCheckpoints.In(before).ShouldBe([1, 2, 3]);
        Copy(before, after);
        SmallCheckpoints.Open(after, keep: 2, keepBest: 1).Save(SmallCheckpoints.Create(4));
        string saved = Path.Combine(after, "iteration-000000004.safetensors");
        string manifest = Path.Combine(after, CheckpointManifest.FileName);

        // Every prefix of the steps that a save consists of, and every length of the files that are written aside.
        var states = new List<(string Name, long Newest, Action<string> Steps)>();
        states.AddRange(Lengths(saved).Select(length => ($"checkpoint aside, {length}", 3L, (Action<string>)(folder => Aside(folder, saved, length)))));
        states.Add(("checkpoint renamed", 4, folder => Put(folder, saved)));
        states.AddRange(Lengths(manifest).Select(length => ($"manifest aside, {length}", 4L, (Action<string>)(folder =>
        {
            Put(folder, saved);
            Aside(folder, manifest, length);
        }))));
        states.Add(("manifest renamed", 4, folder =>
        {
            Put(folder, saved);
            Put(folder, manifest);
        }));
        foreach ((string name, long newest, Action<string> steps) in states)
        {
            string folder = _folder.File("state");
            Copy(before, folder);
            steps(folder);
            CheckpointStore.ReadNewest(folder, fault => throw new InvalidOperationException($"{name}: {fault}"))!.Iteration.ShouldBe(newest, name);
            CheckpointStore.ReadBest(folder, fault => throw new InvalidOperationException($"{name}: {fault}"))!.Iteration.ShouldBe(1, name);
            SmallCheckpoints.Open(folder, keep: 2, keepBest: 1).Save(SmallCheckpoints.Create(4));
            SmallCheckpoints.In(folder).ShouldBe([1, 3, 4], name);
            Directory.GetFiles(folder).Length.ShouldBe(4, name);
            Directory.Delete(folder, recursive: true);
        }
    }

    private long SaveUntilKilled(Random random)
    {
        string assembly = typeof(CheckpointWriterProgram).Assembly.Location;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", assembly, CheckpointWriterProgram.Command, _folder.Path]) { RedirectStandardOutput = true })!;
        long told = 0;
        try
        {
            for (int line = random.Next(1, 6); line > 0; line--)
                told = long.Parse(process.StandardOutput.ReadLine().ShouldNotBeNull(), CultureInfo.InvariantCulture);

            // Somewhere within the saves that follow, which take about a millisecond each.
            long ticks = random.Next((int)(Stopwatch.Frequency / 200));
            for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetTimestamp() - began < ticks;) Thread.SpinWait(10);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        while (process.StandardOutput.ReadLine() is { } line && long.TryParse(line, CultureInfo.InvariantCulture, out long iteration)) told = iteration;
        return told;
    }

    private static IEnumerable<int> Lengths(string path)
    {
        int length = (int)new FileInfo(path).Length;
        return Enumerable.Range(0, 10).Select(part => length * part / 9);
    }

    private static void Put(string folder, string file) => File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

    private static void Aside(string folder, string file, int length) =>
        File.WriteAllBytes(Path.Combine(folder, $"{Path.GetFileName(file)}.{Guid.NewGuid():N}.partial"), File.ReadAllBytes(file)[..length]);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) Put(to, file);
    }
}
