using System.Diagnostics.Metrics;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>The buckets of all histograms of time.</summary>
public static class Durations
{
    /// <summary>
    /// From 0.1 ms to a minute, in steps of 1, 2.5 and 5: a chunk of the smallest preset takes under a millisecond on one core, one of the
    /// largest seconds, and a lease ends after a minute.
    /// </summary>
    public static InstrumentAdvice<double> Buckets { get; } = new()
    {
        HistogramBucketBoundaries =
        [
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60,
        ],
    };
}
