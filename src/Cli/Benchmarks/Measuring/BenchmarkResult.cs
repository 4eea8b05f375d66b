using Maml.Cluster.Cli.Benchmarks.Arithmetic;
using Maml.Cluster.Cli.Benchmarks.Configurations;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>What one configuration came to.</summary>
internal sealed record BenchmarkResult
{
    /// <summary>The configuration's name.</summary>
    public required string Name { get; init; }

    /// <summary>The whole configuration, as YAML.</summary>
    public required string Configuration { get; init; }

    /// <summary>Tasks of an iteration.</summary>
    public required int TasksPerIteration { get; init; }

    /// <summary>Tasks of a chunk.</summary>
    public required int ChunkTasks { get; init; }

    /// <summary>Iterations measured.</summary>
    public required long Iterations { get; init; }

    /// <summary>Seconds measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Tasks a second.</summary>
    public required TaskRate TasksPerSecond { get; init; }

    /// <summary>Where the time goes.</summary>
    public required IterationSplit MillisecondsPerIteration { get; init; }

    /// <summary>10⁹ operations that a task's meta-gradient needs.</summary>
    public required double GigaflopPerTask { get; init; }

    /// <summary>10⁹ operations besides, for the query losses of a task after the inner steps before the last.</summary>
    public required double CurveGigaflopPerTask { get; init; }

    /// <summary>10⁹ operations a second that the meta-gradients' arithmetic comes to.</summary>
    public required double Gflops { get; init; }

    /// <summary>That as a share of the machine's peak, in [0, 1].</summary>
    public required double PeakShare { get; init; }

    /// <summary>Bytes of the messages to all workers in an iteration.</summary>
    public required double BytesSentPerIteration { get; init; }

    /// <summary>Bytes of the messages from all workers in an iteration.</summary>
    public required double BytesReceivedPerIteration { get; init; }

    /// <summary>The most memory that the coordinator's process had, in bytes.</summary>
    public required long CoordinatorPeakBytes { get; init; }

    /// <summary>The most memory that the largest worker had, in bytes.</summary>
    public required long WorkerPeakBytes { get; init; }

    /// <summary>Puts a result together.</summary>
    /// <param name="benchmark">What was measured.</param>
    /// <param name="tally">Its iterations.</param>
    /// <param name="memory">Peak memory of the coordinator and of the largest worker, in bytes.</param>
    /// <param name="peakGflops">10⁹ operations a second that the workers reach in matrix products.</param>
    public static BenchmarkResult Of(BenchmarkConfiguration benchmark, IterationTally tally, (long Coordinator, long Worker) memory, double peakGflops)
    {
        RunConfiguration configuration = benchmark.Configuration;
        FlopCount flops = FlopCount.Of(configuration);
        TaskRate rate = TaskRate.Of(tally.Ends, configuration.Outer.TasksPerIteration);
        double gflops = flops.MetaGradient * rate.Mean / 1e9;
        return new BenchmarkResult
        {
            Name = benchmark.Name,
            Configuration = RunConfigurationFile.Write(configuration),
            TasksPerIteration = configuration.Outer.TasksPerIteration,
            ChunkTasks = configuration.Chunk.Tasks,
            Iterations = tally.Iterations,
            Seconds = tally.Seconds,
            TasksPerSecond = rate,
            MillisecondsPerIteration = IterationSplit.Of(tally.Seconds / tally.Iterations, tally.Timings),
            GigaflopPerTask = flops.MetaGradient / 1e9,
            CurveGigaflopPerTask = flops.Curves / 1e9,
            Gflops = gflops,
            PeakShare = gflops / peakGflops,
            BytesSentPerIteration = tally.Timings.Average(Sent),
            BytesReceivedPerIteration = tally.Timings.Average(Received),
            CoordinatorPeakBytes = memory.Coordinator,
            WorkerPeakBytes = memory.Worker,
        };
    }

    private static double Sent(IterationTimings timings) => timings.BytesSent;

    private static double Received(IterationTimings timings) => timings.BytesReceived;
}
