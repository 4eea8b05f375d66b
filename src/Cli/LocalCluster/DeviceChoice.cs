using System.CommandLine.Parsing;
using System.Globalization;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>Reads <c>--devices</c>, and deals devices to workers.</summary>
internal static class DeviceChoice
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>Every GPU that libtorch can use.</summary>
    public const string AllGpus = "cuda";

    /// <summary>Device names as PyTorch writes them, from a list with commas.</summary>
    public static string[]? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        if (Array.TrueForAll(names, IsDevice)) return names;
        result.AddError($"--devices is '{text}'; expected 'cpu', 'cuda' for every GPU, or a list such as 'cuda:0,cuda:1'.");
        return null;
    }

    /// <summary>One device for each worker: the devices in turn.</summary>
    /// <param name="devices">The devices to use; at least one, none of them <see cref="AllGpus"/>.</param>
    /// <param name="workers">How many workers; null for one a core on the processor, one a GPU otherwise.</param>
    /// <param name="cores">Cores of this machine.</param>
    public static IReadOnlyList<string> Deal(IReadOnlyList<string> devices, int? workers, int cores)
    {
        int count = workers ?? devices.Sum(device => device == Cpu ? cores : 1);
        // On 'cpu,cuda:0' the processor gets all the workers that are left over.
        string[] order = [.. devices.OrderBy(device => device == Cpu)];
        return [.. Enumerable.Range(0, count).Select(index => order.Contains(Cpu) ? order[Math.Min(index, order.Length - 1)] : order[index % order.Length])];
    }

    private static bool IsDevice(string name) =>
        name is Cpu or AllGpus
        || (name.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
