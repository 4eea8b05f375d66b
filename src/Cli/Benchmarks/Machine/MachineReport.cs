using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Benchmarks.Machine;

/// <summary>What was measured on.</summary>
internal sealed record MachineReport
{
    /// <summary>Logical cores.</summary>
    public required int Cores { get; init; }

    /// <summary>The processor's name.</summary>
    public required string Cpu { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>Where libtorch came from: <c>registry</c> with the packages, <c>compat</c> from the machine.</summary>
    public required string Packages { get; init; }

    /// <summary>Worker processes, one thread each.</summary>
    public required int Workers { get; init; }

    /// <summary>The devices that they compute on, each once.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Those devices' names.</summary>
    public required IReadOnlyList<string> DeviceNames { get; init; }

    /// <summary>Rows and columns of the matrices below.</summary>
    public required int MatrixSide { get; init; }

    /// <summary>10⁹ operations a second of one worker alone in float32 matrix products.</summary>
    public required double OneWorkerGflops { get; init; }

    /// <summary>The same of all workers at once, summed: the peak that shares refer to.</summary>
    public required double AllWorkersGflops { get; init; }

    /// <summary>Measures this machine.</summary>
    /// <param name="devices">The device of each worker.</param>
    /// <param name="interrupt">Gives up.</param>
    public static async Task<MachineReport> MeasureAsync(IReadOnlyList<string> devices, CancellationToken interrupt)
    {
        MatrixProductRate[] alone = await MatrixProductPeak.MeasureAsync([devices[0]], interrupt);
        MatrixProductRate[] together = devices.Count == 1 ? alone : await MatrixProductPeak.MeasureAsync(devices, interrupt);
        return new MachineReport
        {
            Cores = Environment.ProcessorCount,
            Cpu = CpuName(),
            Libtorch = alone[0].TorchVersion,
            Packages = DeviceCatalog.BringsTorch ? "registry" : "compat",
            Workers = devices.Count,
            Devices = [.. devices.Distinct()],
            DeviceNames = [.. together.Select(rate => rate.DeviceName).Distinct()],
            MatrixSide = alone[0].Side,
            OneWorkerGflops = Math.Round(alone[0].GigaflopsPerSecond, 1),
            AllWorkersGflops = Math.Round(together.Sum(rate => rate.GigaflopsPerSecond), 1),
        };
    }

    private static string CpuName()
    {
        const string information = "/proc/cpuinfo", key = "model name";
        string? line = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "";
    }
}
