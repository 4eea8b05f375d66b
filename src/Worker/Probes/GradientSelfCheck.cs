using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Probes;

/// <summary>
/// Checks in a few seconds that a device computes second-order meta-gradients, with each of the ways in which networks are computed:
/// operations that are right on one kind of device, or in double precision, may be wrong on another.
/// </summary>
public static class GradientSelfCheck
{
    /// <summary>Checks a device.</summary>
    /// <param name="device">PyTorch's name for it.</param>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public static async Task<IReadOnlyList<GradientCheckResult>> RunAsync(string device)
    {
        await using DeviceThread thread = await DeviceThread.StartAsync(device, threads: 1);
        return await thread.RunAsync<IReadOnlyList<GradientCheckResult>>(
            on => [PerceptronSelfCheck.Run(on), ConvolutionSelfCheck.Run(on, Downsample.Stride), ConvolutionSelfCheck.Run(on, Downsample.MaxPool)],
            CancellationToken.None);
    }
}
