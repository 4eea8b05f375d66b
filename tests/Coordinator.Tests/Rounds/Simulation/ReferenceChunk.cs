namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>A chunk in the plain bookkeeping that the scheduler is compared with.</summary>
internal sealed class ReferenceChunk
{
    public int Accepted { get; set; }

    public int Failures { get; set; }

    public int Faults { get; set; }

    public int ExtraLeases { get; set; }

    public bool WasGranted { get; set; }

    public TimeSpan NotBefore { get; set; }

    public List<ReferenceLease> Holders { get; } = [];

    /// <summary>Who came to grief with it; whether a strike is still due for that.</summary>
    public Dictionary<string, bool> Suspects { get; } = [];

    public TimeSpan NewestGranted { get; set; }

    public bool IsUnheld => Accepted == 0 && Holders.Count == 0;

    public bool IsWaiting(TimeSpan now) => IsUnheld && NotBefore <= now;
}
