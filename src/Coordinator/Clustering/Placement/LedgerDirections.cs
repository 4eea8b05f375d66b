using System.Collections.Immutable;
using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>
/// What a coordinator is to do with its workers while the directory does not answer, by the ledger alone: one that has no run sends those that
/// arrive to those that have, each as many as it has runs, and in the end its own as well. One that has runs, by its own word or the
/// ledger's, keeps its workers, so that nobody is sent to and fro. Pure.
/// </summary>
internal static class LedgerDirections
{
    /// <summary>Makes directions.</summary>
    /// <param name="report">What this coordinator has and needs.</param>
    /// <param name="owners">Who has unfinished runs.</param>
    /// <param name="freshness">
    /// What must be left of an owner's lease: who renews has more, and who has been halted less, long before its lease ends.
    /// </param>
    /// <param name="areAllTaken">
    /// Whether the runs of a coordinator that is gone have been taken by now. Before, this one may be who takes one, and keeps its workers for it.
    /// </param>
    /// <param name="arrivals">How many places for workers to arrive are asked for.</param>
    public static PlacementDirections Of(CoordinatorReport report, IReadOnlyCollection<LedgerOwner> owners, TimeSpan freshness, bool areAllTaken, int arrivals)
    {
        Candidate[] others = [.. owners.Where(owner => !IsOf(report, owner) && owner.LeaseLeft >= freshness)
            .OrderBy(owner => owner.Coordinator.Id, StringComparer.Ordinal)
            .Select(owner => new Candidate(owner))];
        ImmutableArray<Uri> addresses = [.. others.Select(other => other.Coordinator.Address)];
        bool keeps = !report.IsLeaving && (report.Needs.Length > 0 || owners.Any(owner => IsOf(report, owner)));
        if (others.Length == 0 || keeps) return new PlacementDirections([], [], addresses, Leaving: 0);
        DirectedMove[] moves = [.. report.Workers.Where(worker => worker.MovingTo is null && (areAllTaken || report.IsLeaving))
            .Select(worker => (worker.Instance, To: Next(others)))
            .Select(move => new DirectedMove(move.Instance, move.To.Id, move.To.Address))];
        return new PlacementDirections([.. moves], [.. Enumerable.Range(0, arrivals).Select(_ => Next(others).Address)], addresses, Leaving: 0);
    }

    // An earlier start of this coordinator, whose address is the same, is nobody to go to either.
    private static bool IsOf(CoordinatorReport report, LedgerOwner owner) =>
        owner.Coordinator.Id == report.Coordinator || owner.Coordinator.Address == report.Address;

    // Whose runs have the fewest workers for each, as far as they are sent by this coordinator.
    private static CoordinatorIdentity Next(Candidate[] others)
    {
        Candidate next = others.MinBy(other => (other.Sent + 1) / (double)other.Runs)!;
        next.Sent++;
        return next.Coordinator;
    }

    private sealed class Candidate(LedgerOwner owner)
    {
        public CoordinatorIdentity Coordinator { get; } = owner.Coordinator;

        public int Runs { get; } = owner.Runs;

        public int Sent { get; set; }
    }
}
