using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial byte* maml_version();

    [LibraryImport(Library)]
    internal static partial int maml_cuda_device_count(int* result);

    [LibraryImport(Library)]
    internal static partial int maml_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int maml_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int maml_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int maml_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int maml_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int maml_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int maml_get_allow_tf32_matmul(int* result);

    [LibraryImport(Library)]
    internal static partial int maml_set_allow_tf32_matmul(int allowed);

    [LibraryImport(Library)]
    internal static partial int maml_get_allow_tf32_cudnn(int* result);

    [LibraryImport(Library)]
    internal static partial int maml_set_allow_tf32_cudnn(int allowed);
}
