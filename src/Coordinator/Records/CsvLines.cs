using System.Text;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>The lines of a file, byte by byte: a line is what ends with a line feed, so that a torn last one is none.</summary>
internal static class CsvLines
{
    // A row of a table has a few hundred characters; what has no line feed for so long is no table.
    private const int MaximumLength = 1 << 20;

    /// <summary>Reads a file. A character stands for a byte; line feeds are left out.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static IEnumerable<string> Read(string path)
    {
        using var stream = new BufferedStream(File.OpenRead(path), MaximumLength);
        var line = new StringBuilder();
        for (int value = stream.ReadByte(); value >= 0 && line.Length < MaximumLength; value = stream.ReadByte())
        {
            if (value != '\n')
            {
                line.Append((char)value);
                continue;
            }

            yield return line.ToString();
            line.Clear();
        }
    }
}
