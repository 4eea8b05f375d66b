namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>How much of a table is in the vault, and what of its file has to follow. A file may have been cut, but rows in it do not change.</summary>
internal sealed class KeptTable
{
    // A transaction for each: enough to be quick, little enough to be nobody's burden.
    private const int PieceBytes = 1 << 20;

    private readonly string _path;
    private byte[]? _kept;
    private long _length;

    /// <summary>Begins with what the vault has.</summary>
    /// <param name="path">The file, as the vault has it, or not there if the vault has nothing.</param>
    public KeptTable(string path)
    {
        _path = path;
        _kept = File.Exists(path) ? File.ReadAllBytes(path) : [];
    }

    /// <summary>Sends what is new.</summary>
    /// <param name="keep">Given an offset and whole rows; the vault has them when it returns.</param>
    public void Send(Action<long, ReadOnlyMemory<byte>> keep)
    {
        if (!File.Exists(_path)) return;
        if (_kept is not null) Compare(_kept);
        _kept = null;
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] piece = new byte[Math.Min(PieceBytes, Math.Max(0, stream.Length - _length))];
        while (true)
        {
            stream.Position = _length;
            int read = stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);

            // Half a row may be there while it is being written.
            int whole = piece.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (whole == 0) return;
            Keep(keep, piece.AsMemory(0, whole));
        }
    }

    private void Keep(Action<long, ReadOnlyMemory<byte>> keep, ReadOnlyMemory<byte> rows)
    {
        try
        {
            keep(_length, rows);
            _length += rows.Length;
        }
        catch (RowsLostException)
        {
            // How much is still there nobody knows; the file has all.
            _length = 0;
            throw;
        }
    }

    // What the run cut off when it went on from a checkpoint goes with the first rows that follow.
    private void Compare(byte[] kept)
    {
        byte[] found = new byte[kept.Length];
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int read = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        int common = found.AsSpan(0, read).CommonPrefixLength(kept);
        _length = found.AsSpan(0, common).LastIndexOf((byte)'\n') + 1;
    }
}
