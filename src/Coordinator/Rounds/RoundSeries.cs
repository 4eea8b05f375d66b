namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Rounds whose chunks cost about the same.</summary>
/// <param name="Run">The run.</param>
/// <param name="Kind">What the rounds are for, as a number of the caller's choice.</param>
internal readonly record struct RoundSeries(string Run, int Kind);
