using System.Text;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Decoded data sets in a folder, one file for each content hash, and one small file for each source that says which content it
/// decoded to. Several processes may share the folder: files appear whole or not at all, and are checked whenever they are opened.
/// </summary>
public sealed class ImageDataSetCache
{
    private const int HashLength = 64;

    private readonly string directory;
    private readonly Action<string> report;

    /// <summary>
    /// <paramref name="report"/> is told in one sentence when a file of the cache was altered and is made anew, and when the cache
    /// cannot be written; neither stops <see cref="OpenOrDecode(IImageDataSetSource, CancellationToken)"/>.
    /// </summary>
    public ImageDataSetCache(string directory, Action<string>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        this.directory = Path.GetFullPath(directory);
        this.report = report ?? (_ => { });
    }

    /// <summary>Opens what Omniglot under <paramref name="sourcePath"/> was decoded to, or decodes it and stores the result.</summary>
    /// <exception cref="DataSetException">The source is missing or not what it must be.</exception>
    public ImageDataSet OpenOrDecode(string sourcePath, CancellationToken cancellationToken = default) =>
        OpenOrDecode(new OmniglotSource(sourcePath), cancellationToken);

    /// <summary>Opens what <paramref name="source"/> was decoded to, or decodes it and stores the result.</summary>
    /// <exception cref="DataSetException">The source is missing or not what it must be.</exception>
    public ImageDataSet OpenOrDecode(IImageDataSetSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        string pointer = Path.Combine(directory, $"{source.Fingerprint()}.source");
        if (ReadPointer(pointer) is { } known && TryOpenByHash(known) is { } cached)
            return cached;

        ImageDataSet decoded = source.Decode(cancellationToken);
        try
        {
            Store(decoded);
            AtomicFile.Write(pointer, stream => stream.Write(Encoding.ASCII.GetBytes(decoded.ContentHash)));
        }
        catch (Exception e) when (e is DataSetException or IOException or UnauthorizedAccessException)
        {
            report(e.Message);
        }

        return decoded;
    }

    /// <summary>
    /// The data set with this <see cref="ImageDataSet.ContentHash"/>, or null if the cache has none. An altered or torn file counts
    /// as none.
    /// </summary>
    /// <exception cref="ArgumentException">The hash is not 64 lowercase hex digits.</exception>
    public ImageDataSet? TryOpenByHash(string contentHash)
    {
        string path = PathOf(contentHash);
        try
        {
            using FileStream stream = File.OpenRead(path);
            ImageDataSet dataSet = ImageDataSetFormat.Read(stream, path);
            if (dataSet.ContentHash == contentHash)
                return dataSet;
            report($"{path}: found content with SHA-256 {dataSet.ContentHash}, expected the one in its name. It is not used.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is DataSetException or IOException or UnauthorizedAccessException)
        {
            report(e.Message);
        }

        return null;
    }

    /// <summary>
    /// Waits until no other process, and nobody else in this one, makes a data set for this folder, so that what one of several
    /// fetches at the same time is fetched once. Whoever has waited looks again with <see cref="TryOpenByHash"/>.
    /// </summary>
    /// <param name="contentHash">The data set.</param>
    /// <param name="time">Measures the pauses between two looks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Lets the next one in when disposed, or when the process ends, however it does. Null where the folder cannot be written: then nothing is shared.</returns>
    /// <exception cref="ArgumentException">The hash is not 64 lowercase hex digits.</exception>
    public async Task<IDisposable?> LockAsync(string contentHash, TimeProvider time, CancellationToken cancellationToken)
    {
        string path = $"{PathOf(contentHash)}.lock";
        try
        {
            Directory.CreateDirectory(directory);
            CacheLock? held;
            while ((held = CacheLock.TryAcquire(path)) is null) await Task.Delay(CacheLock.Pause, time, cancellationToken);
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(e.Message);
            return null;
        }
    }

    /// <summary>Writes <paramref name="dataSet"/> under its content hash, over what is there.</summary>
    /// <exception cref="DataSetException">The folder cannot be written.</exception>
    public void Store(ImageDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        string path = PathOf(dataSet.ContentHash);
        try
        {
            AtomicFile.Write(path, stream => ImageDataSetFormat.Write(dataSet, stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataSetException.Of(
                path, $"that it cannot be written ({e.Message})", "a cache folder with room", "Free it or choose another cache folder.", e);
        }
    }

    private static string? ReadPointer(string path)
    {
        try
        {
            string hash = File.ReadAllText(path);
            return IsHash(hash) ? hash : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    // The hash may come from a peer; nothing but a hash may become part of a path.
    private string PathOf(string contentHash) => IsHash(contentHash)
        ? Path.Combine(directory, $"{contentHash}.images")
        : throw new ArgumentException(
            $"Found '{contentHash}', expected a content hash of {HashLength} lowercase hex digits.", nameof(contentHash));
}
