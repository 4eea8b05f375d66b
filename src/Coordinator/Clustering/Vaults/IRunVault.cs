using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>
/// Where the files of runs are kept for all coordinators of a cluster. Each <c>Keep…</c> is one transaction that compares epoch and owner first:
/// it happens as a whole or not at all, and can be repeated. They are synchronous, as a run's loop is that calls them after it has written
/// the same into its folder, and throw <see cref="StaleEpochException"/> where another has taken the run, an
/// <see cref="IOException"/> while the vault cannot be reached (the loop tries again later).
/// </summary>
internal interface IRunVault
{
    /// <summary>Keeps the record, which the ledger's entry of the run shows from now on.</summary>
    /// <param name="claim">The right to do so.</param>
    /// <param name="record">As <c>run.json</c> has it.</param>
    /// <param name="isUnfinished">Whether some coordinator has to work on the run.</param>
    void KeepRecord(RunClaim claim, ReadOnlyMemory<byte> record, bool isUnfinished);

    /// <summary>Keeps the summary of a run that is over.</summary>
    /// <param name="claim">The right to do so.</param>
    /// <param name="summary">As <c>summary.json</c> has it.</param>
    void KeepSummary(RunClaim claim, ReadOnlyMemory<byte> summary);

    /// <summary>Keeps rows of a table: its content becomes its first <paramref name="offset"/> bytes, and these after them.</summary>
    /// <param name="claim">The right to do so.</param>
    /// <param name="table">Its file name: <c>metrics.csv</c> or <c>evaluations.csv</c>.</param>
    /// <param name="offset">At most what is kept of the table.</param>
    /// <param name="rows">Whole rows.</param>
    /// <exception cref="RowsLostException">Less is kept of the table than that.</exception>
    void KeepRows(RunClaim claim, string table, long offset, ReadOnlyMemory<byte> rows);

    /// <summary>Keeps exactly the checkpoints of a manifest, with their scores. Those that are kept already, by their SHA-256, are not read.</summary>
    /// <param name="claim">The right to do so.</param>
    /// <param name="directory">The folder that holds them.</param>
    /// <param name="manifest">Which there are.</param>
    void KeepCheckpoints(RunClaim claim, string directory, CheckpointManifest manifest);

    /// <summary>Writes all files that are kept of a run, as of one moment.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="folder">An empty folder, or one that is not there yet.</param>
    /// <param name="cancellationToken">Gives up; what was written stays.</param>
    /// <returns>Whether there is such a run.</returns>
    /// <exception cref="IOException">The vault cannot be reached, or the folder not be written.</exception>
    /// <exception cref="CheckpointException">A checkpoint is not as its checksum says.</exception>
    Task<bool> MaterialiseAsync(string runId, RunFolder folder, CancellationToken cancellationToken);
}
