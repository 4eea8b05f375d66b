using Maml.Cluster.Cli.Benchmarks.Configurations;
using Maml.Cluster.Cli.Benchmarks.Machine;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>
/// Measures one configuration as a real run: a coordinator in this process, workers in theirs, everything between them. Its folder is
/// deleted in the end.
/// </summary>
internal sealed class BenchmarkSession(
    BenchmarkConfiguration benchmark, BenchmarkLength length, IReadOnlyList<string> devices, string? dataDirectory, TimeProvider time)
{
    /// <summary>Measures.</summary>
    /// <param name="peakGflops">10⁹ operations a second that the workers reach in matrix products.</param>
    /// <param name="interrupt">Gives up.</param>
    /// <exception cref="CommandFailedException">The run failed, or a worker could not be kept alive.</exception>
    public async Task<BenchmarkResult> RunAsync(double peakGflops, CancellationToken interrupt)
    {
        string runs = Directory.CreateTempSubdirectory("maml-bench-").FullName;
        try
        {
            PeakMemory.Reset();
            var options = new LocalClusterOptions { RunsDirectory = runs, DataDirectory = dataDirectory, Devices = devices };
            await using MachineCluster cluster = await MachineCluster.StartAsync(options, time, interrupt);
            IterationTally tally = await MeasureAsync(cluster, interrupt);
            (long, long) memory = (PeakMemory.Of(Environment.ProcessId), cluster.WorkerProcessIds.Max(PeakMemory.Of));
            return BenchmarkResult.Of(benchmark, tally, memory, peakGflops);
        }
        finally
        {
            Directory.Delete(runs, recursive: true);
        }
    }

    private async Task<IterationTally> MeasureAsync(MachineCluster cluster, CancellationToken interrupt)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        var runs = new RunService.RunServiceClient(cluster.Channel);
        Run run = await runs.StartRunAsync(
            new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(benchmark.Configuration) }, cancellationToken: interrupt);
        Task<IterationTally> followed = FollowAsync(runs, run.RunId, giveUp.Token);
        if (await Task.WhenAny(followed, cluster.Failure) != followed)
        {
            await giveUp.CancelAsync();
            await ((Task)followed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await cluster.Failure;
        }

        IterationTally tally = await followed;
        await runs.StopRunAsync(new StopRunRequest { RunId = run.RunId }, cancellationToken: interrupt);
        return tally;
    }

    private async Task<IterationTally> FollowAsync(RunService.RunServiceClient runs, string runId, CancellationToken cancellation)
    {
        var tally = new IterationTally(length, devices.Count);
        await foreach (RunEvent next in RunFeed.WatchAsync(runs, runId, cancellation))
        {
            if (next.Iteration is { } iteration) tally.Add(iteration);
            if (tally.IsEnough) return tally;
            if (next.Run is { State: RunState.Failed or RunState.Completed or RunState.Stopped } ended)
                throw new CommandFailedException($"{benchmark.Name} ended before it was measured: {Explain(ended)}");
        }

        throw new CommandFailedException($"The coordinator ended the news of {benchmark.Name} before it was measured.");
    }

    private static string Explain(Run ended) => ended.Fault.Length > 0
        ? ended.Fault
        : $"its {ended.Iteration} iterations were fewer than warm-up and measurement take. Leave outer.iterations as it is.";
}
