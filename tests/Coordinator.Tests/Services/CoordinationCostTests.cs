using System.Diagnostics;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Xunit.Abstractions;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Services;

/// <summary>
/// What a round takes apart from computing, in processor time and allocations: a busy machine makes neither larger, as it would a round's
/// duration. Of the whole process, coordinator and worker together, so nothing else may run in it.
/// </summary>
[Collection(nameof(CoordinationCostTests))]
[CollectionDefinition(nameof(CoordinationCostTests), DisableParallelization = true)]
public sealed class CoordinationCostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Round_OfOneTrivialChunk_TakesLessThanAMillisecondOfProcessorTime()
    {
        // The best of several: what the test host and the collector do meanwhile is nobody's cost.
        double best = double.MaxValue;
        await MeasureAsync(Configurations.Sinusoid(1_000_000), [300, 500, 500, 500], (cost, _) => best = Math.Min(best, cost.TotalMilliseconds));
        output.WriteLine($"{best:0.000} ms of processor time a round");
        best.ShouldBeLessThan(1);
    }

    [Fact]
    public async Task Round_WithALongVector_AllocatesNoVectors()
    {
        RunConfiguration configuration = Configurations.Sinusoid(1_000_000) with
        {
            Model = new() { Kind = ModelKind.Mlp, Widths = [700, 700] },
        };
        long vector = sizeof(float) * (long)ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;
        long fewest = long.MaxValue;
        await MeasureAsync(configuration, [60, 60, 60], (_, bytes) => fewest = Math.Min(fewest, bytes));
        output.WriteLine($"{fewest:N0} bytes allocated a round; a vector has {vector:N0}");

        // θ once, a meta-gradient, frames of both on both sides: each alone would be a vector and more.
        fewest.ShouldBeLessThan(vector / 10);
    }

    // One chunk a round. The first stretch warms up.
    private static async Task MeasureAsync(RunConfiguration configuration, int[] stretches, Action<TimeSpan, long> take)
    {
        configuration = configuration with
        {
            Outer = configuration.Outer with { TasksPerIteration = 1 },
            Evaluation = configuration.Evaluation with { Every = 0, Tasks = 1 },
            Checkpoints = configuration.Checkpoints with { Every = 0 },
        };
        int parameters = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using LeanWorker worker = await LeanWorker.AttachAsync(coordinator.Address, parameters);
        Run run = await coordinator.StartRunAsync(configuration);
        ulong done = await WaitAsync(coordinator, run, (ulong)stretches[0]);
        using var process = Process.GetCurrentProcess();
        foreach (int rounds in stretches[1..])
        {
            process.Refresh();
            TimeSpan processor = process.TotalProcessorTime;
            long allocated = GC.GetTotalAllocatedBytes();
            ulong began = done;
            done = await WaitAsync(coordinator, run, done + (ulong)rounds);
            process.Refresh();
            take((process.TotalProcessorTime - processor) / (done - began), (GC.GetTotalAllocatedBytes() - allocated) / (long)(done - began));
        }
    }

    // By asking now and then: following a run costs something for each round.
    private static async Task<ulong> WaitAsync(TestCoordinator coordinator, Run run, ulong iteration)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            Run now = await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
            now.State.ShouldNotBe(RunState.Failed, coordinator.Log.Text);
            if (now.Iteration >= iteration) return now.Iteration;
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
