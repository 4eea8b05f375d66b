using System.IO.Compression;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// One half as a zip archive. Entries are read into memory and never written to a path of their own, so a name such as
/// <c>../x</c> does no harm; it is refused as one that does not fit the layout.
/// </summary>
internal sealed class OmniglotArchive : IOmniglotHalf
{
    private readonly Lock gate = new();
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    public OmniglotArchive(string path, string half)
    {
        Path = path;
        archive = Open(path);
        try
        {
            foreach (ZipArchiveEntry entry in archive.Entries.Where(e => !e.FullName.EndsWith('/') && !OmniglotEntry.IsHidden(e.FullName)))
                Add(entry, $"{half}/");
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Entries => [.. entries.Keys];

    public byte[] Read(string entry)
    {
        // A zip archive has one position in its file; unpacking is the small part of the work, decoding the large one.
        lock (gate)
        {
            try
            {
                return Unpack(entries[entry], entry);
            }
            catch (Exception e) when (IsZipFault(e))
            {
                throw DataSetException.Of(
                    $"{Path}, entry {entry}", "data that cannot be unpacked", "a whole picture", OmniglotLayout.Where, e);
            }
        }
    }

    public void Dispose() => archive.Dispose();

    private static ZipArchive Open(string path)
    {
        long length = new FileInfo(path).Length;
        ZipArchive? opened = null;
        try
        {
            opened = ZipFile.OpenRead(path);
            _ = opened.Entries;
            return opened;
        }
        catch (Exception e) when (IsZipFault(e))
        {
            opened?.Dispose();
            throw DataSetException.Of(
                path, $"{length} bytes that are no complete zip archive ({e.Message})", "the whole archive", OmniglotLayout.Where, e);
        }
    }

    private static bool IsZipFault(Exception e) =>
        e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or OverflowException;

    private void Add(ZipArchiveEntry entry, string prefix)
    {
        string name = entry.FullName;
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw DataSetException.Of(
                Path, $"the entry {name}", $"{prefix}<alphabet>/<character>/<drawing>.png", OmniglotLayout.Where);
        }

        if (!entries.TryAdd(name[prefix.Length..], entry))
            throw DataSetException.Of(Path, $"two entries named {name}", "one", OmniglotLayout.Where);
    }

    private byte[] Unpack(ZipArchiveEntry entry, string name)
    {
        if (entry.Length > OmniglotEntry.MaximumBytes)
        {
            throw DataSetException.Of(
                $"{Path}, entry {name}", $"{entry.Length} bytes", $"at most {OmniglotEntry.MaximumBytes}", OmniglotLayout.Where);
        }

        // One byte more than declared shows an entry that unpacks to more than it says.
        var bytes = new byte[entry.Length + 1];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == entry.Length
            ? bytes[..read]
            : throw DataSetException.Of(
                $"{Path}, entry {name}", $"{read} bytes or more", $"{entry.Length} as its directory says", OmniglotLayout.Where);
    }
}
