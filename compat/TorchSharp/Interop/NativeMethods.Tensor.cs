using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial void maml_free(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_shape(nint self, long* result, int capacity);

    [LibraryImport(Library)]
    internal static partial void maml_stride(nint self, long* result);

    [LibraryImport(Library)]
    internal static partial long maml_numel(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_dtype(nint self);

    [LibraryImport(Library)]
    internal static partial long maml_element_size(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_is_contiguous(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_is_leaf(nint self);

    [LibraryImport(Library)]
    internal static partial int maml_requires_grad(nint self);

    [LibraryImport(Library)]
    internal static partial void maml_device(nint self, int* type, int* index);

    [LibraryImport(Library)]
    internal static partial int maml_set_requires_grad(nint self, int value);

    [LibraryImport(Library)]
    internal static partial int maml_data(nint self, void** result);

    [LibraryImport(Library)]
    internal static partial int maml_item(nint self, ScalarValue* result);

    [LibraryImport(Library)]
    internal static partial nint maml_detach(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_clone(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_alias(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_contiguous(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_to(nint self, NativeOptions target, int nonBlocking, int copy);

    [LibraryImport(Library)]
    internal static partial nint maml_copy_(nint self, nint source, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial nint maml_zero_(nint self);

    [LibraryImport(Library)]
    internal static partial nint maml_fill_(nint self, ScalarValue value);
}
