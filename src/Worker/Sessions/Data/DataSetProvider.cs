using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Worker.Sessions.Data;

/// <summary>
/// Finds the data set that a run names by its content hash: in memory, in the cache, in the folder that this worker was
/// given, or at the coordinator, in this order. Only content with that very hash is ever returned.
/// </summary>
internal sealed class DataSetProvider(ImageDataSetCache cache, string? dataDirectory, ILogger<DataSetProvider> logger)
{
    private ImageDataSet? _newest;

    /// <summary>Finds a data set. Not for use by several threads at once.</summary>
    /// <param name="contentHash">SHA-256 in lowercase hex.</param>
    /// <param name="coordinator">Where to download from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataSetException">It is nowhere, or what was found is not it.</exception>
    /// <exception cref="RpcException">The download broke off.</exception>
    public async Task<ImageDataSet> GetAsync(string contentHash, DataSetService.DataSetServiceClient coordinator, CancellationToken cancellationToken)
    {
        if (_newest?.ContentHash == contentHash) return _newest;
        ImageDataSet? local = await Task.Run(() => FindLocally(contentHash, cancellationToken), cancellationToken);
        return _newest = local ?? await DownloadOnceAsync(contentHash, coordinator, cancellationToken);
    }

    private ImageDataSet? FindLocally(string contentHash, CancellationToken cancellationToken)
    {
        ImageDataSet? cached;
        try
        {
            cached = cache.TryOpenByHash(contentHash);
        }
        catch (ArgumentException e)
        {
            throw new DataSetException($"The coordinator names a data set that cannot be: {e.Message}", e);
        }

        if (cached is not null || dataDirectory is null) return cached;
        ImageDataSet decoded = cache.OpenOrDecode(dataDirectory, cancellationToken);
        if (decoded.ContentHash == contentHash) return decoded;
        DataSetLog.OtherContent(logger, dataDirectory, decoded.ContentHash, contentHash);
        return null;
    }

    // The workers of a machine share its cache, and start together.
    private async Task<ImageDataSet> DownloadOnceAsync(string contentHash, DataSetService.DataSetServiceClient coordinator, CancellationToken cancellationToken)
    {
        using IDisposable? turn = await cache.LockAsync(contentHash, TimeProvider.System, cancellationToken);
        return await Task.Run(() => cache.TryOpenByHash(contentHash), cancellationToken) ?? await DownloadAsync(contentHash, coordinator, cancellationToken);
    }

    private async Task<ImageDataSet> DownloadAsync(string contentHash, DataSetService.DataSetServiceClient coordinator, CancellationToken cancellationToken)
    {
        DataSetLog.Downloading(logger, contentHash);
        ImageDataSet dataSet = await DataSetDownload.FetchAsync(contentHash, coordinator, cancellationToken);
        Keep(dataSet);
        return dataSet;
    }

    // A cache that cannot be written costs a download at the next start, no more.
    private void Keep(ImageDataSet dataSet)
    {
        try
        {
            cache.Store(dataSet);
        }
        catch (DataSetException e)
        {
            DataSetLog.NotCached(logger, e.Message);
        }
    }
}
