using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.DataSets;

/// <summary>The data sets that runs draw from and workers ask for. Each is read once and stays in memory.</summary>
internal sealed class DataSetProvider(CoordinatorOptions options, ILogger<DataSetProvider> logger) : IDataSetShelf, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private ImageDataSet? _omniglot;

    /// <summary>The data set that tasks draw from; null for sources that need none.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="contentHash">What the run drew from before, so that it can go on where no folder is given; empty for a new run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataSetException">It is not there, or not what it must be.</exception>
    public async Task<ImageDataSet?> OpenAsync(TaskConfiguration tasks, string contentHash, CancellationToken cancellationToken)
    {
        if (tasks.Source != TaskSourceKind.Omniglot) return null;
        ImageDataSet images = _omniglot ?? await OpenOnceAsync(contentHash, cancellationToken);
        return contentHash.Length == 0 || images.ContentHash == contentHash
            ? images
            : throw new DataSetException(
                $"Omniglot: found content with SHA-256 {images.ContentHash}, expected {contentHash}, which the run has drawn from so far. Pass --data DIR with the same files.");
    }

    private async Task<ImageDataSet> OpenOnceAsync(string contentHash, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _omniglot ??= await Task.Run(() => FindCached(contentHash) ?? Decode(cancellationToken), cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The sampler that a configuration asks for.</summary>
    /// <exception cref="DataSetException">The configuration does not fit the data set.</exception>
    public static ITaskSampler CreateSampler(TaskConfiguration tasks, ImageDataSet? images)
    {
        try
        {
            return TaskSamplers.Create(tasks, images);
        }
        catch (ArgumentException e)
        {
            throw new DataSetException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImageDataSet?> FindAsync(string contentHash, CancellationToken cancellationToken) =>
        new(_omniglot is { } opened && opened.ContentHash == contentHash ? opened : CreateCache().TryOpenByHash(contentHash));

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    private ImageDataSet? FindCached(string contentHash) =>
        options.DataDirectory is null && contentHash.Length > 0 ? CreateCache().TryOpenByHash(contentHash) : null;

    private ImageDataSet Decode(CancellationToken cancellationToken)
    {
        string directory = options.DataDirectory ?? throw new DataSetException(
            "Omniglot: found no data folder, expected one, since the run draws its tasks from it. Pass --data DIR with a folder that holds "
            + "images_background.zip and images_evaluation.zip, packed or unpacked, from https://github.com/brendenlake/omniglot (folder python).");
        long began = TimeProvider.System.GetTimestamp();
        ImageDataSet images = CreateCache().OpenOrDecode(directory, cancellationToken);
        logger.Opened(images.Name, images.Classes, images.Classes * images.ExamplesPerClass, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        return images;
    }

    private ImageDataSetCache CreateCache() => new(options.CacheDirectory ?? CacheDirectory.Default(), logger.CacheFault);
}
