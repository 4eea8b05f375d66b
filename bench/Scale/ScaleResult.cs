using System.Diagnostics;

namespace Maml.Cluster.Scale;

/// <summary>What one pair of sizes came to.</summary>
/// <param name="Workers">Workers, and chunks of a round.</param>
/// <param name="Aggregators">Aggregators between them and the coordinator.</param>
/// <param name="Parameters">Length of θ.</param>
/// <param name="Rounds">Rounds that were measured.</param>
/// <param name="SecondsPerRound">Time from the beginning of a round to that of the next.</param>
/// <param name="ProcessorSecondsPerRound">What the coordinator took of all cores.</param>
/// <param name="BytesPerRound">What crossed loopback, both ways together.</param>
/// <param name="PeakMemory">The coordinator's, in bytes.</param>
/// <param name="CoordinatorBytesPerRound">Of the coordinator's messages alone, without headers, both ways together.</param>
internal sealed record ScaleResult(
    int Workers, int Aggregators, int Parameters, long Rounds, double SecondsPerRound, double ProcessorSecondsPerRound, double BytesPerRound,
    long PeakMemory, long CoordinatorBytesPerRound)
{
    /// <summary>What lies between two samples.</summary>
    public static ScaleResult Between(RoundSample first, RoundSample last, int workers, int aggregators, int parameters, long peakMemory, long coordinatorBytes)
    {
        long rounds = last.Iteration - first.Iteration;
        return new ScaleResult(
            workers,
            aggregators,
            parameters,
            rounds,
            Stopwatch.GetElapsedTime(first.Timestamp, last.Timestamp).TotalSeconds / rounds,
            (last.ProcessorTime - first.ProcessorTime).TotalSeconds / rounds,
            (double)(last.Bytes - first.Bytes) / rounds,
            peakMemory,
            coordinatorBytes);
    }
}
