using System.Globalization;
using TorchSharp;

namespace Maml.Cluster.Worker.Devices;

/// <summary>The devices of this machine, as libtorch sees them.</summary>
public static class DeviceCatalog
{
    /// <summary>The CPU's name.</summary>
    public const string Cpu = "cpu";

    private const string CudaPrefix = "cuda:";

    /// <summary>Whether libtorch came with this program's packages; otherwise it is the system's, or the one in LIBTORCH.</summary>
    public static bool BringsTorch => NativeBridge.Location is not null;

    /// <summary>The version of libtorch, such as <c>1.13.1</c>.</summary>
    /// <exception cref="DeviceException">libtorch cannot be loaded.</exception>
    public static string TorchVersion => Guarded(() => torch.__version__);

    /// <summary>All devices: the CPU first, then the GPUs in CUDA's order.</summary>
    /// <exception cref="DeviceException">libtorch cannot be loaded.</exception>
    public static IReadOnlyList<DeviceDescription> List() => Guarded(() =>
    {
        var devices = new List<DeviceDescription> { new(Cpu, ProductNames.Cpu(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) };
        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        for (int i = 0; i < count; i++) devices.Add(new($"{CudaPrefix}{i}", ProductNames.Cuda(i), 0));
        return devices;
    });

    /// <summary>Finds a device by PyTorch's name for it; <c>cuda</c> is the first GPU.</summary>
    /// <exception cref="DeviceException">There is no such device, or libtorch cannot be loaded; the message lists what there is.</exception>
    public static DeviceDescription Find(string name)
    {
        IReadOnlyList<DeviceDescription> devices = List();
        string wanted = name == "cuda" ? $"{CudaPrefix}0" : name;
        return devices.FirstOrDefault(device => device.Name == wanted) ?? throw new DeviceException(
            $"There is no device '{name}' on this machine: libtorch {TorchVersion} sees {string.Join(", ", devices.Select(device => device.Name))}. " +
            "Choose one of these, or point LIBTORCH to a build of libtorch that knows the device.");
    }

    /// <summary>The kind of device that a valid name stands for.</summary>
    internal static DeviceType TypeOf(string name) => name == Cpu ? DeviceType.CPU : DeviceType.CUDA;

    /// <summary>Whether a text has the form of a device's name; whether there is such a device is another question.</summary>
    internal static bool IsName(string text) =>
        text is Cpu or "cuda"
        || (text.StartsWith(CudaPrefix, StringComparison.Ordinal)
            && byte.TryParse(text.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>CUDA's number of a GPU.</summary>
    internal static int IndexOf(string gpu) => int.Parse(gpu.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    // A missing library shows itself in as many ways as there are ways to touch it first.
    private static T Guarded<T>(Func<T> ask)
    {
        try
        {
            _ = MatrixKernels.Choose();
            NativeBridge.Load();
            return ask();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new DeviceException($"libtorch cannot be loaded: {e.GetBaseException().Message}", e);
        }
    }
}
