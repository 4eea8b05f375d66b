using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_matmul(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_mm(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_bmm(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_addmm(nint self, nint first, nint second, double beta, double alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_addmm_(nint self, nint first, nint second, double beta, double alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_einsum(byte* equation, nint* operands, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_linear(nint input, nint weight, nint bias);
}
