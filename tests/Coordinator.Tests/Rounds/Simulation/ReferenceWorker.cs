namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>An attached worker in the plain bookkeeping.</summary>
internal sealed class ReferenceWorker(string id, int slots, ReferenceConduct conduct, SimulatedTemper temper)
{
    public string Id => id;

    public string Name => conduct.Name;

    public ReferenceConduct Conduct => conduct;

    public SimulatedTemper Temper => temper;

    public List<ReferenceLease> Held { get; } = [];

    /// <summary>Leases that it lost before it answered.</summary>
    public List<ulong> Lost { get; } = [];

    public bool IsDraining { get; set; }

    public TimeSpan LastSeen { get; set; }

    public bool IsActive => !IsDraining && !conduct.IsQuarantined;

    public int Places => conduct.IsOnTrial ? 1 : slots;

    public bool IsFree => IsActive && Held.Count < Places;
}
