namespace Maml.Cluster.Shared.Files;

/// <summary>Replaces a file as a whole: a reader, or a process killed half-way, sees the old content or the new one.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes aside in the same folder, flushes to the disk, then renames over <paramref name="path"/>. Creates missing folders.
    /// When <paramref name="write"/> throws, the file that was there is untouched and nothing is left beside it.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);

        // A name of its own for each writer: two processes that store the same file must not write into one another's.
        string aside = $"{target}.{Guid.NewGuid():N}.partial";
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
            File.Delete(aside);
            throw;
        }
    }
}
