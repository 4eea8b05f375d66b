using System.Globalization;

namespace Maml.Cluster.Scale;

/// <summary>What has crossed loopback since the machine started, headers of TCP and IP included; of all programs.</summary>
internal static class LoopbackCounter
{
    /// <summary>Bytes so far.</summary>
    public static long Read()
    {
        string line = File.ReadLines("/proc/net/dev").First(line => line.TrimStart().StartsWith("lo:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
