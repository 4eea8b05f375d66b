using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_eq(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_eq_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_ne(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_ne_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_gt(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_gt_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_ge(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_ge_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_lt(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_lt_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_le(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_le_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_maximum(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_minimum(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_logical_and(nint self, nint other);
}
