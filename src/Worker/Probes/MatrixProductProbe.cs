using Maml.Cluster.Worker.Devices;
using TorchSharp;

namespace Maml.Cluster.Worker.Probes;

/// <summary>
/// Measures what a device reaches in a large float32 matrix product, through the same libtorch and with as many threads as a worker: the
/// most that any arrangement of the arithmetic can hope for.
/// </summary>
public static class MatrixProductProbe
{
    // Large enough to be bound by arithmetic, small enough to be done a few dozen times a second.
    private const int CpuSide = 1024;
    private const int GpuSide = 8192;

    /// <summary>Measures.</summary>
    /// <param name="device">PyTorch's name of the device.</param>
    /// <param name="threads">Threads of one operation on the processor.</param>
    /// <param name="duration">How long; the fastest product of this time counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up before the measurement begins.</param>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public static async Task<MatrixProductRate> MeasureAsync(
        string device, int threads, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        await using DeviceThread thread = await DeviceThread.StartAsync(device, threads);
        DeviceDescription description = thread.Description;
        int side = description.Name == DeviceCatalog.Cpu ? CpuSide : GpuSide;
        double seconds = await thread.RunAsync(on => FastestProduct(on, side, duration, time), cancellationToken);
        double operations = 2.0 * side * side * side;
        return new MatrixProductRate(description.Name, description.ProductName, DeviceCatalog.TorchVersion, side, operations / seconds / 1e9);
    }

    private static double FastestProduct(torch.Device on, int side, TimeSpan duration, TimeProvider time)
    {
        using torch.Tensor left = torch.ones([side, side], torch.float32, on);
        using torch.Tensor right = torch.ones([side, side], torch.float32, on);
        double fastest = double.PositiveInfinity;
        long began = time.GetTimestamp();
        while (fastest == double.PositiveInfinity || time.GetElapsedTime(began) < duration)
        {
            long start = time.GetTimestamp();
            using torch.Tensor product = left.mm(right);

            // Waits for a device that works behind its host.
            using torch.Tensor corner = product.narrow(0, 0, 1).narrow(1, 0, 1);
            _ = HostCopy(corner);
            fastest = Math.Min(fastest, time.GetElapsedTime(start).TotalSeconds);
        }

        return fastest;
    }

    private static float HostCopy(torch.Tensor corner)
    {
        using torch.Tensor copy = corner.cpu();
        return copy.item<float>();
    }
}
