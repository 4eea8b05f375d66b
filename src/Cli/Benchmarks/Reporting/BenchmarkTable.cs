using System.Globalization;
using Maml.Cluster.Cli.Benchmarks.Machine;
using Maml.Cluster.Cli.Benchmarks.Measuring;
using Spectre.Console;

namespace Maml.Cluster.Cli.Benchmarks.Reporting;

/// <summary>Results side by side.</summary>
internal static class BenchmarkTable
{
    private static readonly (string Title, Func<BenchmarkResult, string> Cell)[] Rows =
    [
        ("tasks/s", result => Number(result.TasksPerSecond.Mean)),
        ("  slowest to fastest fifth", result => $"{Number(result.TasksPerSecond.Minimum)} to {Number(result.TasksPerSecond.Maximum)}"),
        ("tasks, tasks a chunk", result => $"{result.TasksPerIteration}, {result.ChunkTasks}"),
        ("iterations measured", result => string.Create(CultureInfo.InvariantCulture, $"{result.Iterations} in {result.Seconds:0.0} s")),
        ("ms an iteration", result => Number(result.MillisecondsPerIteration.Iteration)),
        ("  sample", result => Number(result.MillisecondsPerIteration.Sample)),
        ("  broadcast", result => Number(result.MillisecondsPerIteration.Broadcast)),
        ("  queue", result => Number(result.MillisecondsPerIteration.Queue)),
        ("  compute", result => Number(result.MillisecondsPerIteration.Compute)),
        ("    inner steps", result => Number(result.MillisecondsPerIteration.InnerSteps)),
        ("    query", result => Number(result.MillisecondsPerIteration.Query)),
        ("    meta-gradient", result => Number(result.MillisecondsPerIteration.MetaGradient)),
        ("  gather", result => Number(result.MillisecondsPerIteration.Gather)),
        ("  idle", result => Number(result.MillisecondsPerIteration.Idle)),
        ("  reduce", result => Number(result.MillisecondsPerIteration.Reduce)),
        ("  Adam", result => Number(result.MillisecondsPerIteration.Adam)),
        ("  other", result => Number(result.MillisecondsPerIteration.Other)),
        ("coordination", result => Percent(result.MillisecondsPerIteration.CoordinationShare)),
        ("Gflop a task", result => Number(result.GigaflopPerTask)),
        ("  for curves besides", result => Number(result.CurveGigaflopPerTask)),
        ("Gflop/s", result => Number(result.Gflops)),
        ("  of the peak", result => Percent(result.PeakShare)),
        ("kB an iteration, out", result => Number(result.BytesSentPerIteration / 1e3)),
        ("kB an iteration, in", result => Number(result.BytesReceivedPerIteration / 1e3)),
        ("peak MB, coordinator", result => Number(result.CoordinatorPeakBytes / 1e6)),
        ("peak MB, largest worker", result => Number(result.WorkerPeakBytes / 1e6)),
    ];

    /// <summary>A table with a column for each result.</summary>
    public static Table Create(IReadOnlyList<BenchmarkResult> results)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("");
        foreach (BenchmarkResult result in results) table.AddColumn(new TableColumn(Markup.Escape(result.Name)).RightAligned());
        foreach ((string title, Func<BenchmarkResult, string> cell) in Rows) table.AddRow([title, .. results.Select(result => Markup.Escape(cell(result)))]);
        return table;
    }

    /// <summary>The machine in one line.</summary>
    public static string Describe(MachineReport machine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{machine.Cores} cores of {machine.Cpu}, libtorch {machine.Libtorch} ({machine.Packages}), {machine.Workers} workers on {string.Join(", ", machine.DeviceNames)}; matrix products: {machine.OneWorkerGflops:0} Gflop/s for one worker, {machine.AllWorkersGflops:0} for all at once");

    // Three digits that count, as far as there are three.
    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
