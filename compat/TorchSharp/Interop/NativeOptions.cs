using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The element type, device and gradient flag of a tensor to be made; what is not given is libtorch's default.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeOptions(torch.ScalarType? type, torch.Device? device, bool requiresGrad = false)
{
    private readonly int _type = NativeMethods.OptionalType(type);
    private readonly int _deviceType = device is null ? -1 : (int)device.type;
    private readonly int _deviceIndex = device is null ? -1 : device.index;
    private readonly int _requiresGrad = requiresGrad ? 1 : 0;
}
