namespace Maml.Cluster.Shared.Monitoring;

/// <summary>What a host says to a probe.</summary>
/// <param name="IsGood">Whether what was asked for is so.</param>
/// <param name="Reason">Why, in a few words for people; nothing secret.</param>
public readonly record struct ProbeAnswer(bool IsGood, string Reason)
{
    /// <summary>A good answer.</summary>
    public static ProbeAnswer Good(string reason) => new(true, reason);

    /// <summary>A bad answer.</summary>
    public static ProbeAnswer Bad(string reason) => new(false, reason);
}
