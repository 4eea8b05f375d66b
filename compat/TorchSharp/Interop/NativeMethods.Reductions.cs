using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_sum(nint self, int type);

    [LibraryImport(Library)]
    internal static partial nint maml_sum_dims(nint self, ReadOnlySpan<long> dim, long count, int keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint maml_mean(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_mean_dims(nint self, ReadOnlySpan<long> dim, long count, int keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint maml_var(nint self, int unbiased);

    [LibraryImport(Library)]
    internal static partial nint maml_var_dims(nint self, ReadOnlySpan<long> dim, long count, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint maml_max(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_min(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_all(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_all_dim(nint self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint maml_any(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_max_dim(nint self, long dim, int keepdim, nint* values, nint* indices);

    [LibraryImport(Library)]
    internal static partial nint maml_amax(nint self, ReadOnlySpan<long> dim, long count, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint maml_argmax(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_argmax_dim(nint self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint maml_logsumexp(nint self, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint maml_vector_norm(nint self, double order, ReadOnlySpan<long> dim, long count, int keepdim);
}
