using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>
/// Promises 2 to 4 on a cluster of real processes: whatever is killed, halted or cut off, a run goes on by itself and ends with the
/// same bytes as with one worker and no mischief.
/// </summary>
public sealed class NothingLostTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly int _seed = Environment.TickCount & 0xFFFF;

    [OmniglotFact]
    public async Task Train_ProcessesKilledEveryFiveSeconds_GivesTheSameBytes()
    {
        var random = new Random(_seed);
        int port = FreePort.Find();
        await using ProcessCluster cluster = ProcessCluster.Start(port, new Uri($"http://127.0.0.1:{port}"), workers: 2);
        await TrainAsync(cluster, async () =>
        {
            int victim = random.Next(cluster.Count);
            await cluster.KillAndStartAgainAsync(victim);
            return $"killed {ProcessCluster.NameOf(victim)}";
        });
    }

    [OmniglotFact]
    public async Task Train_ProcessesHaltedEveryFiveSeconds_GivesTheSameBytes()
    {
        var random = new Random(_seed);
        int port = FreePort.Find();
        await using ProcessCluster cluster = ProcessCluster.Start(port, new Uri($"http://127.0.0.1:{port}"), workers: 2);
        await TrainAsync(cluster, async () =>
        {
            int victim = random.Next(cluster.Count);
            TimeSpan pause = TimeSpan.FromSeconds(random.Next(1, 5));
            cluster.Signal(victim, "STOP");
            await Task.Delay(pause);
            cluster.Signal(victim, "CONT");
            return $"halted {ProcessCluster.NameOf(victim)} for {pause.TotalSeconds} s";
        });
    }

    [OmniglotFact]
    public async Task Train_ConnectionsCutDelayedAndThrottled_GivesTheSameBytes()
    {
        int port = FreePort.Find();
        await using var proxy = new TcpProxy(port, _seed);
        await using ProcessCluster cluster = ProcessCluster.Start(port, proxy.Address, workers: 2);
        await TrainAsync(cluster, () =>
        {
            proxy.CutOne();
            return Task.FromResult("cut a connection");
        });
        proxy.Cuts.ShouldBeGreaterThan(2);
    }

    private async Task TrainAsync(ProcessCluster cluster, Func<Task<string>> mischief)
    {
        string runId = await cluster.StartRunAsync(UndisturbedRun.CreateRequest(), TimeSpan.FromMinutes(1));
        var deeds = new List<string>();
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(Interval);
        Run? run = null;
        ulong before = 0;
        while (run?.State is not (RunState.Completed or RunState.Failed or RunState.Stopped))
        {
            await timer.WaitForNextTickAsync(limit.Token);
            run = await cluster.TryGetAsync(runId);

            // On a machine so busy that a process needs longer than this to start, the run must get a chance in between.
            if (run is null || run.Iteration == before || run.Iteration == run.Configuration.Outer.Iterations) continue;
            before = run.Iteration;
            deeds.Add($"{await mischief()} after iteration {before}");
        }

        string story = $"seed {_seed}: {string.Join(", ", deeds)}{Environment.NewLine}{cluster.Everything()}";
        run.State.ShouldBe(RunState.Completed, $"{run.Fault} {story}");
        run.MetaParametersSha256.ShouldBe(undisturbed.Hash, story);
        deeds.Count.ShouldBeGreaterThan(2, $"the run must be disturbed to show anything. {story}");
        File.ReadLines(Path.Combine(run.Directory, "metrics.csv")).Skip(1).Select(row => row.Split(',')[0])
            .ShouldBe(Enumerable.Range(1, 300).Select(iteration => $"{iteration}"), $"every iteration is recorded once. {story}");
    }
}
