using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;

namespace Maml.Cluster.Coordinator.Storage;

/// <summary>Says what is wrong with the options that say where runs are kept.</summary>
internal static class StorageOptionsValidator
{
    /// <summary>Adds one complete message for each fault.</summary>
    public static void Validate(CoordinatorOptions options, List<string> faults)
    {
        bool isShared = options.Cluster.Kind == ClusterKind.Orleans;
        if (isShared && options.Checkpoints.Store == CheckpointStoreKind.Folder)
            faults.Add("Checkpoints.Store: found folder beside Cluster.Kind orleans, expected postgres, since other coordinators go on with a run from there.");
        string? need = isShared ? "which coordinators that share their runs keep them in" : options.KeepsRunsInDatabase ? "which Checkpoints.Store names" : null;
        DatabaseOptionsValidator.Validate(options.Database, need, faults);
    }
}
