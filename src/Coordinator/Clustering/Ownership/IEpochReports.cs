namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>Is told when a worker has seen a higher epoch of a run than this coordinator's. A worker's word proves nothing, but asking the ledger does.</summary>
internal interface IEpochReports
{
    /// <summary>Takes the report in; returns at once.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch that this coordinator has sent.</param>
    /// <param name="seen">The higher one.</param>
    void Report(string runId, long epoch, long seen);
}
