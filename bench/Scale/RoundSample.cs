namespace Maml.Cluster.Scale;

/// <summary>Where things stood at the beginning of a round.</summary>
/// <param name="Iteration">The round's iteration.</param>
/// <param name="Timestamp">When, by <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="ProcessorTime">What the coordinator had taken.</param>
/// <param name="Bytes">What had crossed loopback.</param>
internal sealed record RoundSample(long Iteration, long Timestamp, TimeSpan ProcessorTime, long Bytes);
