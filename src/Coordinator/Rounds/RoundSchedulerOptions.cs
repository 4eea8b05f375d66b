namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Limits of <see cref="RoundScheduler"/>.</summary>
/// <param name="LeaseDuration">Time that a worker has for a chunk.</param>
/// <param name="MaximumFailures">
/// Failures of one chunk after which its round fails, provided that no worker is attached that has not tried it.
/// 5 by default: enough to outlive a passing shortage of memory.
/// </param>
internal sealed record RoundSchedulerOptions(TimeSpan LeaseDuration, int MaximumFailures = 5);
