namespace Maml.Cluster.Worker.Devices;

/// <summary>What the makers call the devices of this machine; libtorch's C interface does not tell.</summary>
internal static class ProductNames
{
    private const string CpuInformation = "/proc/cpuinfo";
    private const string GpuInformation = "/proc/driver/nvidia/gpus";

    /// <summary>The processor's name; "CPU" when the system does not tell.</summary>
    public static string Cpu() => ReadValue(CpuInformation, "model name") ?? "CPU";

    /// <summary>A GPU's name; "CUDA device" when the driver does not tell.</summary>
    public static string Cuda(int index)
    {
        // The driver lists boards by bus address, which is CUDA's order on machines whose boards are alike.
        string[] boards = Directory.Exists(GpuInformation) ? [.. Directory.GetDirectories(GpuInformation).Order(StringComparer.Ordinal)] : [];
        return index < boards.Length && ReadValue(Path.Combine(boards[index], "information"), "Model") is { } model ? model : "CUDA device";
    }

    private static string? ReadValue(string path, string key)
    {
        try
        {
            string? line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
