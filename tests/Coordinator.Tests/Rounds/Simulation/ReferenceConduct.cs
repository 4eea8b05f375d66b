namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>What sticks to a worker's name.</summary>
internal sealed class ReferenceConduct(string name)
{
    public string Name => name;

    public bool IsQuarantined { get; set; }

    public bool IsOnTrial { get; set; }

    public TimeSpan Until { get; set; }
}
