namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>When a chunk that failed is tried again, and when it is given up.</summary>
public sealed record RetryOptions
{
    /// <summary>Time that a chunk waits after its first failure; doubles with each one. 100 ms by default: not felt when a failure passes.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest time that a chunk waits. 10 s by default: a cause that lasts, such as a full device, is not hammered.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Failures of one chunk after which its round fails, provided that no worker stays that has not tried it.
    /// 5 by default: enough to outlive a passing shortage of memory.
    /// </summary>
    public int MaximumFailures { get; init; } = 5;

    /// <summary>Time that a chunk waits.</summary>
    /// <param name="failures">Its failures so far; 1 or more.</param>
    internal TimeSpan DelayAfter(int failures) => Doubling.Of(FirstDelay, failures - 1, LongestDelay);
}
