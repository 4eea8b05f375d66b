using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>Lets unfinished runs go on at this coordinator.</summary>
internal interface ITakeOver
{
    /// <summary>Whether a run is under way here.</summary>
    bool IsHere(string runId);

    /// <summary>Takes a run and lets it go on.</summary>
    /// <param name="entry">The run as the ledger had it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is under way here; false when somebody else was quicker.</returns>
    Task<bool> TakeOverAsync(LedgerEntry entry, CancellationToken cancellationToken);
}
