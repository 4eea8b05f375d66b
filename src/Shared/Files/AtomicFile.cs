namespace Maml.Cluster.Shared.Files;

/// <summary>Replaces a file as a whole: a reader, or a process killed half-way, sees the old content or the new one.</summary>
public static class AtomicFile
{
    private const string Ending = ".partial";
    private const int UniqueLength = 32;

    /// <summary>
    /// Writes aside in the same folder, flushes to the disk, renames over <paramref name="path"/>, and flushes the folder: what is there
    /// then survives a power cut. Creates missing folders. When <paramref name="write"/> throws, or the disk is full, the file that was
    /// there is untouched and nothing is left beside it. Only when the folder cannot be flushed in the end is the new content there
    /// although this throws.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? target;
        FolderSync.Create(folder);

        // A name of its own for each writer: two processes that store the same file must not write into one another's.
        string aside = $"{target}.{Guid.NewGuid():N}{Ending}";
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            TryDelete(aside);
            throw;
        }

        FolderSync.Flush(folder);
    }

    /// <summary>
    /// Deletes what killed writers have left in a folder. For its owner, before it writes there: a file of a writer that is still at
    /// work looks the same. What cannot be deleted stays.
    /// </summary>
    /// <returns>How many files are gone.</returns>
    public static int DeleteLeftovers(string folder)
    {
        if (!Directory.Exists(folder)) return 0;
        try
        {
            return Directory.GetFiles(folder, $"*{Ending}").Count(file => IsLeftover(file) && TryDelete(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // Such as model.safetensors.0f8fad5bd9cb469fa16570867728950e.partial; what someone else calls partial is theirs.
    private static bool IsLeftover(string file)
    {
        string unique = Path.GetExtension(Path.GetFileName(file)[..^Ending.Length]);
        return unique.Length == UniqueLength + 1 && unique[1..].All(char.IsAsciiHexDigitLower);
    }

    private static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
