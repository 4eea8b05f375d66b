using System.Globalization;
using Maml.Cluster.EndToEnd.Adversity;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Xunit.Abstractions;

namespace Maml.Cluster.EndToEnd.Endurance;

/// <summary>Promise 7: the memory of coordinator and worker does not grow over a run of 10,000 iterations.</summary>
public sealed class FlatMemoryTests(ITestOutputHelper output)
{
    private const double Tolerance = 1.05;

    [Fact]
    public async Task Train_TenThousandIterations_LeavesResidentMemoryAsAfterTheFirstThousand()
    {
        int port = FreePort.Find();
        await using ProcessCluster cluster = ProcessCluster.Start(port, new Uri($"http://127.0.0.1:{port}"), workers: 1);
        Presets.TryGet("sinusoid", out Preset? preset).ShouldBeTrue();
        string[] settings = ["outer.iterations=11000", "outer.tasksPerIteration=4", "chunk.tasks=2", "evaluation.tasks=10", "checkpoints.every=1000"];
        string runId = await cluster.StartRunAsync(
            new StartRunRequest
            {
                Configuration = RunConfigurationMessages.ToMessage(
                    RunConfigurationFile.Parse(preset.Yaml, preset.Name, [.. settings.Select(ConfigurationOverride.Parse)])),
            },
            TimeSpan.FromMinutes(1));

        long[] early = await MeasureAsync(cluster, runId, from: 1000, to: 2000);
        long[] late = await MeasureAsync(cluster, runId, from: 10_000, to: 11_000);
        for (int process = 0; process < cluster.Count; process++)
        {
            string found = string.Create(
                CultureInfo.InvariantCulture,
                $"{ProcessCluster.NameOf(process)}: {early[process] >> 10} KiB after 1,000 iterations, {late[process] >> 10} KiB after 10,000");
            output.WriteLine(found);
            (late[process] / (double)early[process]).ShouldBeLessThan(Tolerance, found);
        }
    }

    // The most that each process held within a stretch that is longer than from one collection to the next: at one moment alone its
    // youngest generation may be empty or full.
    private static async Task<long[]> MeasureAsync(ProcessCluster cluster, string runId, ulong from, ulong to)
    {
        long[] most = new long[cluster.Count];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        while (true)
        {
            Run? run = await cluster.TryGetAsync(runId);
            if (run?.Iteration >= from)
            {
                for (int process = 0; process < cluster.Count; process++) most[process] = Math.Max(most[process], cluster.ResidentBytes(process));
                if (run.Iteration >= to || run.State == RunState.Completed) return most;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
