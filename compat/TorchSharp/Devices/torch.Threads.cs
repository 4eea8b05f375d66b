using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch in use, such as <c>1.13.0</c>.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)maml_version())!;

    public static int get_num_threads() => maml_get_num_threads();

    /// <summary>Sets how many threads one operation may use on the CPU.</summary>
    public static void set_num_threads(int num) => NativeError.ThrowIfFailed(maml_set_num_threads(num));

    public static int get_num_interop_threads() => maml_get_num_interop_threads();

    /// <summary>Sets how many operations may run side by side; possible once, before the first of them.</summary>
    public static void set_num_interop_threads(int num) => NativeError.ThrowIfFailed(maml_set_num_interop_threads(num));
}
