using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Upstream;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.DataSets;

/// <summary>Data sets for the aggregator's workers: from memory, from the cache, or once for all of them from the coordinator above.</summary>
internal sealed class RelayedDataSets(
    CoordinatorOptions options, AttachChannels<GrpcChannel> channels, ILogger<RelayedDataSets> logger) : IDataSetShelf, IDisposable
{
    private readonly SemaphoreSlim _finding = new(1, 1);
    private volatile ImageDataSet? _newest;

    /// <inheritdoc/>
    /// <exception cref="RpcException">The coordinator does not have it, or cannot be asked.</exception>
    public async ValueTask<ImageDataSet?> FindAsync(string contentHash, CancellationToken cancellationToken)
    {
        if (_newest is { } newest && newest.ContentHash == contentHash) return newest;
        await _finding.WaitAsync(cancellationToken);
        try
        {
            if (_newest is { } found && found.ContentHash == contentHash) return found;
            var cache = new ImageDataSetCache(options.CacheDirectory ?? CacheDirectory.Default(), logger.NotCached);
            return _newest = cache.TryOpenByHash(contentHash) ?? await FetchAsync(contentHash, cache, cancellationToken);
        }
        finally
        {
            _finding.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _finding.Dispose();

    private async Task<ImageDataSet> FetchAsync(string contentHash, ImageDataSetCache cache, CancellationToken cancellationToken)
    {
        logger.Fetching(contentHash);
        try
        {
            ImageDataSet dataSet = await DataSetDownload.FetchAsync(contentHash, new DataSetService.DataSetServiceClient(channels.Current), cancellationToken);
            Keep(dataSet, cache);
            return dataSet;
        }
        catch (DataSetException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, e.Message));
        }
    }

    // A cache that cannot be written costs a download at the next start, no more.
    private void Keep(ImageDataSet dataSet, ImageDataSetCache cache)
    {
        try
        {
            cache.Store(dataSet);
        }
        catch (DataSetException e)
        {
            logger.NotCached(e.Message);
        }
    }
}
