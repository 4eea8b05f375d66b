using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_add(nint self, nint other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_add_scalar(nint self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_add_(nint self, nint other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_add_scalar_(nint self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint maml_sub(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_sub_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_rsub_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_sub_(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_sub__scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_mul(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_mul_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_mul_(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_mul__scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_div(nint self, nint other, int rounding);

    [LibraryImport(Library)]
    internal static partial nint maml_div_scalar(nint self, ScalarValue other, int rounding);

    [LibraryImport(Library)]
    internal static partial nint maml_div_(nint self, nint other, int rounding);

    [LibraryImport(Library)]
    internal static partial nint maml_div__scalar(nint self, ScalarValue other, int rounding);

    [LibraryImport(Library)]
    internal static partial nint maml_pow(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_pow_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint maml_addcmul(nint self, nint first, nint second, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint maml_addcmul_(nint self, nint first, nint second, ScalarValue value);
}
