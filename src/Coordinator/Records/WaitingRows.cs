namespace Maml.Cluster.Coordinator.Records;

/// <summary>Rows that are not written yet, up to a limit: beyond it the oldest go.</summary>
/// <param name="maximumBytes">The limit.</param>
internal sealed class WaitingRows(int maximumBytes)
{
    private readonly Queue<byte[]> _rows = [];
    private long _bytes;

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>How many had to go since they were last cleared.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether the next one may cost the oldest.</summary>
    public bool IsFull => _bytes >= maximumBytes;

    /// <summary>Adds a row.</summary>
    public void Add(byte[] row)
    {
        _rows.Enqueue(row);
        _bytes += row.Length;
        while (_bytes > maximumBytes && _rows.Count > 1)
        {
            _bytes -= _rows.Dequeue().Length;
            Lost++;
        }
    }

    /// <summary>All rows in a piece, after <paramref name="first"/>.</summary>
    public byte[] ToArray(ReadOnlySpan<byte> first)
    {
        byte[] piece = new byte[first.Length + _bytes];
        first.CopyTo(piece);
        int offset = first.Length;
        foreach (byte[] row in _rows)
        {
            row.CopyTo(piece, offset);
            offset += row.Length;
        }

        return piece;
    }

    /// <summary>Forgets all, those that were lost included.</summary>
    public void Clear()
    {
        _rows.Clear();
        _bytes = 0;
        Lost = 0;
    }
}
