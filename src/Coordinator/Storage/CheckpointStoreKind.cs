namespace Maml.Cluster.Coordinator.Storage;

/// <summary>What keeps checkpoints, and the rest of a run with them.</summary>
public enum CheckpointStoreKind
{
    /// <summary>The run's folder.</summary>
    Folder,

    /// <summary>The database; the run's folder is a working copy.</summary>
    Postgres,
}
