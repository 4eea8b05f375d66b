namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>
/// What a worker wrote to its standard error. A worker starts before the folder of its run is known, so lines wait in
/// memory until there is a file for them.
/// </summary>
internal sealed class WorkerLog : IDisposable
{
    // Enough for everything that a start writes; a worker that waits for a run for long must not fill the memory.
    private const int MostWaiting = 200;

    private readonly Lock _lock = new();
    private readonly Queue<string> _waiting = new();
    private StreamWriter? _file;

    /// <summary>The last line that says something; empty when nothing was written.</summary>
    public string LastLine { get; private set; } = "";

    public void Append(string line)
    {
        lock (_lock)
        {
            if (!string.IsNullOrWhiteSpace(line)) LastLine = line.Trim();
            if (_file is not null)
            {
                TryWrite(_file, line);
                return;
            }

            if (_waiting.Count == MostWaiting) _waiting.Dequeue();
            _waiting.Enqueue(line);
        }
    }

    /// <summary>Writes what waited to a file, and from now on every line.</summary>
    public void WriteTo(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        lock (_lock)
        {
            _file?.Dispose();
            _file = new StreamWriter(path, append: true) { AutoFlush = true };
            while (_waiting.TryDequeue(out string? line)) _file.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    // A log that cannot be written, on a full disk for instance, must not end what it tells of.
    private static void TryWrite(StreamWriter file, string line)
    {
        try
        {
            file.WriteLine(line);
        }
        catch (IOException)
        {
        }
    }
}
