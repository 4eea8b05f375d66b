using System.Globalization;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>What of an existing table can be kept by a run that goes on from an iteration.</summary>
internal sealed class CsvScan
{
    private readonly int _columns;
    private readonly long _upTo;
    private readonly int _rowsPerIteration;
    private readonly List<double?[]> _group = [];
    private long _groupStart;
    private bool _isCut;

    private CsvScan(int columns, long upTo, int rowsPerIteration)
    {
        _columns = columns;
        _upTo = upTo;
        _rowsPerIteration = rowsPerIteration;
    }

    /// <summary>Whether its first line is the expected one. If it is not, nothing can be kept.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>Bytes from the start up to the end of the last row that is kept.</summary>
    public long Length { get; private set; }

    /// <summary>Whether rows before that must go, so that cutting the file is not enough.</summary>
    public bool HasHoles { get; private set; }

    /// <summary>Goes through a table.</summary>
    /// <param name="path">The table.</param>
    /// <param name="header">Its expected first line.</param>
    /// <param name="upTo">The iteration; later rows go.</param>
    /// <param name="rowsPerIteration">How many rows each has; the last iteration goes when it has fewer.</param>
    /// <param name="keep">Given the rows that are kept, all of an iteration together.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static CsvScan Read(string path, string header, long upTo, int rowsPerIteration, Action<IReadOnlyList<double?[]>> keep)
    {
        var scan = new CsvScan(header.Count(character => character == ',') + 1, upTo, rowsPerIteration);
        long offset = 0;
        foreach (string line in CsvLines.Read(path))
        {
            if (offset == 0 && line != header) return scan;
            if (offset == 0) scan.Begin(line.Length + 1);
            else scan.Add(line, offset, keep);
            offset += line.Length + 1;
        }

        scan.EndGroup(keep);
        return scan;
    }

    /// <summary>The lines that are kept, header included.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<string> KeptLines(string path, string header, long upTo) =>
        CsvLines.Read(path).Where((line, index) => index == 0 || Parse(line, header.Count(character => character == ',') + 1, upTo) is not null);

    private static double?[]? Parse(string line, int columns, long upTo)
    {
        string[] fields = line.Split(',');
        if (fields.Length != columns) return null;
        double?[] row = new double?[columns];
        for (int i = 0; i < columns; i++)
        {
            if (fields[i].Length == 0) continue;
            if (!double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return null;
            row[i] = value;
        }

        return row[0] >= 0 && row[0] <= upTo ? row : null;
    }

    private void Begin(int length)
    {
        HasHeader = true;
        Length = length;
    }

    private void Add(string line, long offset, Action<IReadOnlyList<double?[]>> keep)
    {
        if (Parse(line, _columns, _upTo) is not { } row)
        {
            _isCut = true;
            return;
        }

        if (_group.Count > 0 && _group[0][0] != row[0]) EndGroup(keep);
        if (_group.Count == 0) _groupStart = offset;
        _group.Add(row);
        HasHoles |= _isCut;
        Length = offset + line.Length + 1;
    }

    private void EndGroup(Action<IReadOnlyList<double?[]>> keep)
    {
        if (_group.Count >= _rowsPerIteration) keep(_group);
        else if (_group.Count > 0) Length = _groupStart;
        _group.Clear();
    }
}
