using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>
/// A CSV file that grows row by row. Rows reach the file within a second, and at the latest when it is disposed. When it cannot be
/// written they wait, and are written when it can; the file ends with a whole row all the while. It is opened anew for each writing: a
/// disk that was away is found again, and one that shall be taken away is not held.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    /// <summary>How much waits at most when the file cannot be written: some 20,000 rows. Beyond it the oldest go.</summary>
    public const int DefaultMaximumWaitingBytes = 4 << 20;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly byte[] _header;
    private readonly Action<TableFault> _report;
    private readonly WaitingRows _waiting;
    private readonly StringBuilder _row = new();
    private readonly ITimer _flushing;
    private Action? _prepare;
    private long _length;
    private bool _isFaulted;
    private bool _isDirty;
    private bool _isDisposed;

    private CsvFile(string path, string header, long length, Action? prepare, TimeProvider time, Action<TableFault> report, int maximumWaitingBytes)
    {
        _path = path;
        _header = Encoding.ASCII.GetBytes(header + "\n");
        _length = length;
        _prepare = prepare;
        _report = report;
        _waiting = new WaitingRows(maximumWaitingBytes);
        _flushing = time.CreateTimer(_ => Flush(), state: null, FlushInterval, FlushInterval);
    }

    /// <summary>Creates a file with its header.</summary>
    /// <param name="path">Where.</param>
    /// <param name="columns">Their names.</param>
    /// <param name="time">Decides when rows are flushed.</param>
    /// <param name="report">Told when the file cannot be written any more, and when it can again.</param>
    /// <param name="maximumWaitingBytes">How much waits at most when the file cannot be written.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static CsvFile Create(
        string path, IEnumerable<string> columns, TimeProvider time, Action<TableFault> report, int maximumWaitingBytes = DefaultMaximumWaitingBytes)
    {
        string header = string.Join(',', columns);
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            stream.Write(Encoding.ASCII.GetBytes(header + "\n"));
        return new CsvFile(path, header, header.Length + 1, prepare: null, time, report, maximumWaitingBytes);
    }

    /// <summary>
    /// Goes on with a file. When its disk is full or read-only, that is reported and put right later, as for rows.
    /// </summary>
    /// <param name="existing">What is kept of it.</param>
    /// <param name="time">Decides when rows are flushed.</param>
    /// <param name="report">Told when the file cannot be written any more, and when it can again.</param>
    /// <param name="maximumWaitingBytes">How much waits at most when the file cannot be written.</param>
    public static CsvFile Continue(
        ExistingTable existing, TimeProvider time, Action<TableFault> report, int maximumWaitingBytes = DefaultMaximumWaitingBytes)
    {
        var file = new CsvFile(existing.Path, existing.Header, existing.Length, existing.PrepareFile, time, report, maximumWaitingBytes) { _isDirty = true };
        file.Flush();
        return file;
    }

    /// <summary>Adds a row; an absent value is an empty field. Numbers are written so that they read back as the same number. Never fails.</summary>
    public void Append(params ReadOnlySpan<double?> values)
    {
        TableFault? news = null;
        lock (_gate)
        {
            _row.Clear();
            for (int i = 0; i < values.Length; i++)
            {
                if (i > 0) _row.Append(',');
                _row.Append(values[i]?.ToString(CultureInfo.InvariantCulture));
            }

            // What is too much while all is well is only too much for the timer.
            if (_waiting.IsFull && !_isFaulted) news = Write();
            _waiting.Add(Encoding.ASCII.GetBytes(_row.Append('\n').ToString()));
            _isDirty = true;
        }

        if (news is not null) _report(news);
    }

    /// <summary>Writes what waits, if that is possible now. Never fails.</summary>
    public void Flush()
    {
        TableFault? news;
        lock (_gate)
        {
            if (_isDisposed || !_isDirty) return;
            news = Write();
        }

        if (news is not null) _report(news);
    }

    /// <summary>Writes what waits; what cannot be written is reported.</summary>
    public void Dispose()
    {
        _flushing.Dispose();
        TableFault? news = null;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (_isDirty) news = Write(isLast: true);
        }

        if (news is not null) _report(news);
    }

    private TableFault? Write(bool isLast = false)
    {
        try
        {
            _prepare?.Invoke();
            _prepare = null;
            using SafeFileHandle file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            _length = Append(file, Math.Min(_length, RandomAccess.GetLength(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isNews = isLast || !_isFaulted;
            _isFaulted = true;
            if (!isNews) return null;
            return isLast
                ? new TableFault(_path, e.Message, RowsWaiting: 0, _waiting.Lost + _waiting.Count)
                : new TableFault(_path, e.Message, _waiting.Count, _waiting.Lost);
        }

        TableFault? news = _isFaulted ? new TableFault(_path, Reason: null, RowsWaiting: 0, _waiting.Lost) : null;
        _isFaulted = false;
        _isDirty = false;
        _waiting.Clear();
        return news;
    }

    private long Append(SafeFileHandle file, long length)
    {
        byte[] rows = _waiting.ToArray(length == 0 ? _header : []);
        try
        {
            RandomAccess.Write(file, rows, length);
            RandomAccess.SetLength(file, length + rows.Length);
            return length + rows.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Half a row may be there. If it cannot be cut off now, the next attempt overwrites it.
            RandomAccess.SetLength(file, length);
            throw;
        }
    }
}
