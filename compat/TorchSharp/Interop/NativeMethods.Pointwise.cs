using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_abs(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_cos(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_exp(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_isfinite(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_isnan(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_log(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_neg(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_neg_(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_reciprocal(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_relu(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_relu_(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_rsqrt(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_rsqrt_(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_sigmoid(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_sign(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_sin(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_sqrt(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_square(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_tanh(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_softplus(nint self, double beta, double threshold);

    [LibraryImport(Library)]
    internal static partial nint maml_clamp(nint self, ScalarValue* low, ScalarValue* high);

    [LibraryImport(Library)]
    internal static partial nint maml_where(nint condition, nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint maml_log_softmax(nint self, long dim, int type);

    [LibraryImport(Library)]
    internal static partial nint maml_softmax(nint self, long dim, int type);
}
