using System.Globalization;
using System.Text;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>A table that a run left, and what of it is kept when the run goes on from an iteration.</summary>
internal sealed class ExistingTable
{
    private ExistingTable(string path, string header, IReadOnlyList<IReadOnlyList<double?[]>> iterations, long length, Action? prepareFile, string? notice)
    {
        Path = path;
        Header = header;
        Iterations = iterations;
        Length = length;
        PrepareFile = prepareFile;
        Notice = notice;
    }

    /// <summary>The file; it may be missing.</summary>
    public string Path { get; }

    /// <summary>Its first line.</summary>
    public string Header { get; }

    /// <summary>Rows that are kept, those of an iteration together: all, or only the last iteration's.</summary>
    public IReadOnlyList<IReadOnlyList<double?[]>> Iterations { get; }

    /// <summary>How many bytes from the start are kept; what is behind them goes.</summary>
    public long Length { get; }

    /// <summary>What must be done with the file before it is written; null when nothing must.</summary>
    public Action? PrepareFile { get; }

    /// <summary>What people should know of it; null when there is nothing.</summary>
    public string? Notice { get; }

    /// <summary>
    /// Looks at a table. Rows up to an iteration are kept; later ones go, and so do torn ones. A file with another header, or one that
    /// cannot be read, is kept aside, and the table starts anew. Nothing is changed here.
    /// </summary>
    /// <param name="path">The table.</param>
    /// <param name="columns">Their names.</param>
    /// <param name="upTo">The iteration that the run goes on from.</param>
    /// <param name="rowsPerIteration">How many rows each iteration has; the last one goes when it has fewer.</param>
    /// <param name="lastOnly">Whether <see cref="Iterations"/> has the last one only, as all would be too many.</param>
    public static ExistingTable Find(string path, IEnumerable<string> columns, long upTo, int rowsPerIteration, bool lastOnly)
    {
        string header = string.Join(',', columns);
        var iterations = new List<IReadOnlyList<double?[]>>();
        try
        {
            if (!File.Exists(path) || IsTornHeader(path, header)) return new ExistingTable(path, header, [], 0, prepareFile: null, notice: null);
            CsvScan scan = CsvScan.Read(path, header, upTo, rowsPerIteration, rows =>
            {
                if (lastOnly) iterations.Clear();
                iterations.Add([.. rows]);
            });
            if (!scan.HasHeader) return Aside(path, header, "other columns than this version writes");
            Action? prepare = scan.HasHoles ? () => Rewrite(path, header, upTo) : null;
            return new ExistingTable(path, header, iterations, scan.HasHoles ? long.MaxValue : scan.Length, prepare, notice: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Aside(path, header, $"that it cannot be read ({e.Message})");
        }
    }

    private static bool IsTornHeader(string path, string header) =>
        new FileInfo(path).Length <= header.Length && header.StartsWith(File.ReadAllText(path, Encoding.Latin1), StringComparison.Ordinal);

    private static ExistingTable Aside(string path, string header, string found)
    {
        string aside = FreeName(path);
        return new ExistingTable(
            path,
            header,
            [],
            0,
            () => PutAside(path, aside),
            $"{path}: found {found}, expected '{header}'. It is kept as {System.IO.Path.GetFileName(aside)}, and a new table begins.");
    }

    private static void PutAside(string path, string aside)
    {
        if (File.Exists(path)) File.Move(path, aside);
    }

    private static string FreeName(string path)
    {
        for (int number = 1; ; number++)
        {
            string name = System.IO.Path.ChangeExtension(path, string.Create(CultureInfo.InvariantCulture, $".replaced-{number}.csv"));
            if (!System.IO.Path.Exists(name)) return name;
        }
    }

    // Whole rows in order after that: only a file that somebody else has changed needs it.
    private static void Rewrite(string path, string header, long upTo) => AtomicFile.Write(path, stream =>
    {
        foreach (string line in CsvScan.KeptLines(path, header, upTo)) stream.Write(Encoding.Latin1.GetBytes(line + "\n"));
    });
}
