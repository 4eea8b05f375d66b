using System.Globalization;
using System.Text;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>A CSV file that grows row by row. Rows reach the file within a second, and at the latest when it is disposed.</summary>
internal sealed class CsvFile : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;
    private readonly ITimer _flushing;
    private bool _isDirty;
    private bool _isDisposed;

    /// <summary>Creates the file with its header.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public CsvFile(string path, IEnumerable<string> columns, TimeProvider time)
    {
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        _writer.WriteLine(string.Join(',', columns));
        _writer.Flush();
        _flushing = time.CreateTimer(_ => Flush(), state: null, FlushInterval, FlushInterval);
    }

    /// <summary>Adds a row; an absent value is an empty field. Numbers are written so that they read back as the same number.</summary>
    public void Append(params ReadOnlySpan<double?> values)
    {
        lock (_gate)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (i > 0) _writer.Write(',');
                _writer.Write(values[i]?.ToString(CultureInfo.InvariantCulture));
            }

            _writer.WriteLine();
            _isDirty = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flushing.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _writer.Dispose();
        }
    }

    private void Flush()
    {
        lock (_gate)
        {
            if (!_isDirty || _isDisposed) return;
            _isDirty = false;
            try
            {
                _writer.Flush();
            }
            catch (IOException)
            {
                // A full disk is reported by the next row or by Dispose, where the run can fail for it; a timer has no one to tell.
                _isDirty = true;
            }
        }
    }
}
