namespace Maml.Cluster.Coordinator.Security;

/// <summary>Says which limits cannot be meant.</summary>
internal static class CoordinatorLimitsValidator
{
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(10);

    // Kestrel takes no ping delay below it.
    private static readonly TimeSpan ShortestPing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorLimits limits, List<string> faults)
    {
        Check(nameof(limits.MessageBytes), limits.MessageBytes, 2 << 20, 1 << 30, faults);
        Check(nameof(limits.RequestBytes), limits.RequestBytes, 1 << 10, 1 << 30, faults);
        Check(nameof(limits.HeaderBytes), limits.HeaderBytes, 1 << 10, 1 << 20, faults);
        Check(nameof(limits.StreamsPerConnection), limits.StreamsPerConnection, 2, 10_000, faults);
        Check(nameof(limits.Connections), limits.Connections, 1, 1_000_000, faults);
        Check(nameof(limits.Workers), limits.Workers, 1, 1_000_000, faults);
        Check(nameof(limits.Watchers), limits.Watchers, 1, 1_000_000, faults);
        Check(nameof(limits.Evaluations), limits.Evaluations, 1, 1_000_000, faults);
        Check(nameof(limits.Adaptations), limits.Adaptations, 1, 1_000_000, faults);
        Check(nameof(limits.AdaptationBytes), limits.AdaptationBytes, 1 << 10, 1 << 30, faults);
        Check(nameof(limits.Downloads), limits.Downloads, 1, 1_000_000, faults);
        Check(nameof(limits.HealthWatchers), limits.HealthWatchers, 1, 1_000_000, faults);
        Check(nameof(limits.Reflections), limits.Reflections, 1, 1_000_000, faults);
        Check(nameof(limits.TasksPerRequest), limits.TasksPerRequest, 1, 1_000_000, faults);
        Check(nameof(limits.HandshakeTime), limits.HandshakeTime, ShortestTime, faults);
        Check(nameof(limits.FirstMessageTime), limits.FirstMessageTime, ShortestTime, faults);
        Check(nameof(limits.IdleTime), limits.IdleTime, ShortestTime, faults);
        Check(nameof(limits.PingDelay), limits.PingDelay, ShortestPing, faults);
        Check(nameof(limits.PingTime), limits.PingTime, ShortestPing, faults);
    }

    private static void Check(string name, int value, int minimum, int maximum, List<string> faults)
    {
        if (value < minimum || value > maximum) faults.Add($"{name}: found {value}, expected {minimum} to {maximum}.");
    }

    private static void Check(string name, TimeSpan value, TimeSpan minimum, List<string> faults)
    {
        if (value < minimum || value > LongestTime) faults.Add($"{name}: found {value}, expected {minimum} to {LongestTime}.");
    }
}
