using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_empty(ReadOnlySpan<long> size, long count, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_zeros(ReadOnlySpan<long> size, long count, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_ones(ReadOnlySpan<long> size, long count, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_rand(ReadOnlySpan<long> size, long count, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_randn(ReadOnlySpan<long> size, long count, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_full(ReadOnlySpan<long> size, long count, ScalarValue value, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_empty_like(nint self, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_zeros_like(nint self, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_ones_like(nint self, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_rand_like(nint self, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_randn_like(nint self, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_full_like(nint self, ScalarValue value, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_arange(ScalarValue start, ScalarValue stop, ScalarValue step, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_eye(long rows, long columns, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_from_memory(void* data, long bytes, ReadOnlySpan<long> size, long count, int source, NativeOptions options);

    [LibraryImport(Library)]
    internal static partial nint maml_from_blob(void* data, long count, int type, delegate* unmanaged<nint, void> release, nint context);
}
