namespace Maml.Cluster.Shared.Lanes;

/// <summary>How one side reads its lane.</summary>
/// <param name="Name">The other side, for the name of the thread that reads.</param>
/// <param name="LargestMessage">Bytes that a message may have; a longer one ends the lane.</param>
public sealed record LaneOptions(string Name, int LargestMessage);
