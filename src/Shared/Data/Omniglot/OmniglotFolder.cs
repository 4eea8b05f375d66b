namespace Maml.Cluster.Shared.Data;

/// <summary>One half as an unpacked folder.</summary>
internal sealed class OmniglotFolder : IOmniglotHalf
{
    // Deep enough to find a file that lies too deep, without walking a whole disk under a wrong path.
    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 3,
        IgnoreInaccessible = false,
        AttributesToSkip = 0,
    };

    public OmniglotFolder(string path)
    {
        Path = path;
        Entries = [.. Files(path)
            .Select(file => System.IO.Path.GetRelativePath(path, file.FullName))
            .Where(entry => !OmniglotEntry.IsHidden(entry))];
    }

    public string Path { get; }

    public IReadOnlyList<string> Entries { get; }

    public static IReadOnlyList<FileInfo> Files(string path)
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFiles("*", Walk)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataSetException.Of(path, "a folder that cannot be listed", "a readable one", e.Message, e);
        }
    }

    public byte[] Read(string entry)
    {
        string path = System.IO.Path.Combine(Path, entry);
        try
        {
            long length = new FileInfo(path).Length;
            return length <= OmniglotEntry.MaximumBytes
                ? File.ReadAllBytes(path)
                : throw DataSetException.Of(path, $"{length} bytes", $"at most {OmniglotEntry.MaximumBytes}", OmniglotLayout.Where);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataSetException.Of(path, "a file that cannot be read", "a readable one", e.Message, e);
        }
    }

    public void Dispose()
    {
    }
}
