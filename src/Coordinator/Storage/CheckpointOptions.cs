namespace Maml.Cluster.Coordinator.Storage;

/// <summary>Where checkpoints are kept: the section <c>checkpoints</c> of a coordinator's configuration.</summary>
public sealed record CheckpointOptions
{
    /// <summary>
    /// What keeps them. By default what <c>cluster.kind</c> asks for: the folder of a coordinator that is alone, the database of those that
    /// share their runs, since no folder is common to them.
    /// </summary>
    public CheckpointStoreKind? Store { get; init; }
}
