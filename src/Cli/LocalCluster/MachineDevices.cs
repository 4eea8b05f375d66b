using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>Finds the devices that <c>--devices</c> names on this machine.</summary>
internal static class MachineDevices
{
    // The driver's own file. Asking libtorch instead would load it into this process and cost a second of every start.
    private const string DriverMark = "/dev/nvidiactl";

    /// <summary>Devices by their full names; at least one.</summary>
    /// <param name="wanted">What was asked for; nothing for every GPU where there is one, or else the processor.</param>
    /// <exception cref="DeviceException">A device is not there; the message lists those that are.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> wanted)
    {
        if (wanted.Count == 0)
        {
            string[] found = File.Exists(DriverMark) ? Gpus() : [];
            return found.Length > 0 ? found : [DeviceChoice.Cpu];
        }

        return [.. wanted.SelectMany(Expand).Distinct()];
    }

    private static IEnumerable<string> Expand(string name)
    {
        if (name == DeviceChoice.Cpu) return [name];
        // Find explains what there is when there is no GPU at all.
        return name == DeviceChoice.AllGpus && Gpus() is { Length: > 0 } gpus ? gpus : [DeviceCatalog.Find(name).Name];
    }

    private static string[] Gpus() => [.. DeviceCatalog.List().Select(device => device.Name).Where(name => name != DeviceChoice.Cpu)];
}
