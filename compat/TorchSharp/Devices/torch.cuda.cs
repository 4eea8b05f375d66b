using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe class cuda
    {
        public static bool is_available() => device_count() > 0;

        /// <summary>How many CUDA devices can be used; 0 where libtorch is built without CUDA.</summary>
        public static int device_count()
        {
            int result;
            NativeError.ThrowIfFailed(maml_cuda_device_count(&result));
            return result;
        }

        /// <summary>Waits until a device, the current one by default, has done all that was asked of it.</summary>
        public static void synchronize(Device? device = null) =>
            NativeError.ThrowIfFailed(maml_cuda_synchronize(device?.index ?? -1));
    }
}
