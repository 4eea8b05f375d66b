namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>
/// Delays between attempts to write: 1 s at first, for a fault that passes, then twice as long each time up to a minute, so that a
/// disk that stays full costs next to nothing and is found free within a minute.
/// </summary>
internal sealed class RetryDelays
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <summary>The delay after one more failure.</summary>
    public TimeSpan Next()
    {
        TimeSpan delay = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return delay;
    }
}
