using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>What libtorch can compute on.</summary>
internal sealed class DevicesCheck : IDoctorCheck
{
    private const string DriverMark = "/dev/nvidiactl";

    public string Subject => "devices";

    public Task<Finding> RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<DeviceDescription> devices = DeviceCatalog.List();
        string names = string.Join(", ", devices.Select(device => $"{device.Name} ({device.ProductName})"));
        bool missesGpu = File.Exists(DriverMark) && devices.All(device => device.Name == DeviceCatalog.Cpu);
        return Task.FromResult(missesGpu
            ? Finding.Improvable(Subject, $"{names}; there is a GPU, but this libtorch is built without CUDA", "LIBTORCH=/path/to/a/libtorch/with/cuda ./maml doctor")
            : Finding.Good(Subject, names));
    }
}
