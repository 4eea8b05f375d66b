using System.Collections.Immutable;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>What a coordinator is to do with its workers, as the answer to its report.</summary>
/// <param name="Moves">Workers of its own that are to go elsewhere.</param>
/// <param name="Arrivals">Where the next workers that dial in should go, one after the other; those beyond the list may stay.</param>
/// <param name="Others">Where the other coordinators are, but for those about to end.</param>
/// <param name="Leaving">Others that are about to end.</param>
/// <param name="IsSettled">Whether who says this has heard everybody; until then it moves nobody, and the ledger knows more.</param>
[GenerateSerializer]
[Immutable]
internal sealed record PlacementDirections(
    ImmutableArray<DirectedMove> Moves, ImmutableArray<Uri> Arrivals, ImmutableArray<Uri> Others, int Leaving, bool IsSettled = true)
{
    /// <summary>Nothing is to be done, since nobody knows of others.</summary>
    public static PlacementDirections None { get; } = new([], [], [], Leaving: 0);
}
