using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int maml_grad(nint* outputs, long outputCount, nint* inputs, long inputCount, nint* gradOutputs, long gradOutputCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int maml_backward(nint* outputs, long outputCount, nint* gradOutputs, long gradOutputCount, int retainGraph, int createGraph, nint* inputs, long inputCount);

    [LibraryImport(Library)]
    internal static partial int maml_get_grad(nint self, nint* result);

    [LibraryImport(Library)]
    internal static partial int maml_set_grad(nint self, nint gradient);

    [LibraryImport(Library)]
    internal static partial int maml_is_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void maml_set_grad_enabled(int enabled);
}
