using System.Globalization;

namespace Maml.Cluster.Cli.Benchmarks.Machine;

/// <summary>The most memory that a process has had resident, as Linux counts it.</summary>
internal static class PeakMemory
{
    private const string Peak = "VmHWM:";

    /// <summary>Of a process, in bytes; 0 where the system does not tell.</summary>
    /// <param name="processId">The process.</param>
    public static long Of(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith(Peak, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[Peak.Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Forgets this process's peak, where the system lets it: the next benchmark has one of its own.</summary>
    public static void Reset()
    {
        try
        {
            // See proc(5), clear_refs.
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is the most of all benchmarks so far.
        }
    }
}
