using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.DataSets;

/// <summary>Where a data set is found that a worker lacks.</summary>
internal interface IDataSetShelf
{
    /// <summary>A data set by the hash of its content; null when it is nowhere.</summary>
    /// <param name="contentHash">SHA-256 in lowercase hex.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    ValueTask<ImageDataSet?> FindAsync(string contentHash, CancellationToken cancellationToken);
}
