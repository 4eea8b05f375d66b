using System.Globalization;

namespace Maml.Cluster.Scale;

/// <summary>The results as a table for people and as CSV.</summary>
internal static class ScaleReport
{
    private const string CsvHeader = "workers,aggregators,parameters,rounds,seconds_per_round,coordinator_cpu_seconds_per_round,bytes_per_round,coordinator_peak_bytes,coordinator_bytes_per_round";

    /// <summary>The head of the table.</summary>
    public const string TableHeader =
        "| workers | aggregators | parameters | rounds measured | rounds/s | ms a round | coordinator CPU ms a round | CPU ns a byte | MB a round | coordinator MB a round | coordinator peak MB |\n"
        + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    /// <summary>A row of the table.</summary>
    public static string Row(ScaleResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Workers} | {result.Aggregators} | {result.Parameters:N0} | {result.Rounds} | {1 / result.SecondsPerRound:0.00} | {result.SecondsPerRound * 1e3:0.00} | {result.ProcessorSecondsPerRound * 1e3:0.00} | {result.ProcessorSecondsPerRound * 1e9 / result.CoordinatorBytesPerRound:0.00} | {result.BytesPerRound / 1e6:0.000} | {result.CoordinatorBytesPerRound / 1e6:0.000} | {result.PeakMemory / 1e6:0} |");

    /// <summary>Writes all results as CSV.</summary>
    public static void WriteCsv(string path, IEnumerable<ScaleResult> results) => File.WriteAllLines(path, results
        .Select(result => string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Workers},{result.Aggregators},{result.Parameters},{result.Rounds},{result.SecondsPerRound},{result.ProcessorSecondsPerRound},{result.BytesPerRound:0},{result.PeakMemory},{result.CoordinatorBytesPerRound}"))
        .Prepend(CsvHeader));
}
