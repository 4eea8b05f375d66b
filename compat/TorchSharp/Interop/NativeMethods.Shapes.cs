using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_reshape(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_view(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_expand(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_permute(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_repeat(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_flip(nint self, ReadOnlySpan<long> size, long count);

    [LibraryImport(Library)]
    internal static partial nint maml_as_strided(nint self, ReadOnlySpan<long> size, ReadOnlySpan<long> strides, long count, long offset);

    [LibraryImport(Library)]
    internal static partial nint maml_flatten(nint self, long start, long end);

    [LibraryImport(Library)]
    internal static partial nint maml_transpose(nint self, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial nint maml_t(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_unsqueeze(nint self, long dim);

    [LibraryImport(Library)]
    internal static partial nint maml_squeeze(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_squeeze_dim(nint self, long dim);

    [LibraryImport(Library)]
    internal static partial nint maml_cat(nint* handles, long count, long dim);

    [LibraryImport(Library)]
    internal static partial nint maml_stack(nint* handles, long count, long dim);

    [LibraryImport(Library)]
    internal static partial int maml_split(nint self, ReadOnlySpan<long> sizes, long count, long dim, delegate* unmanaged<nint, nint, void> take, nint context);

    [LibraryImport(Library)]
    internal static partial int maml_split_even(nint self, long size, long dim, delegate* unmanaged<nint, nint, void> take, nint context);

    [LibraryImport(Library)]
    internal static partial int maml_chunk(nint self, long chunks, long dim, delegate* unmanaged<nint, nint, void> take, nint context);

    [LibraryImport(Library)]
    internal static partial int maml_unbind(nint self, long dim, delegate* unmanaged<nint, nint, void> take, nint context);
}
