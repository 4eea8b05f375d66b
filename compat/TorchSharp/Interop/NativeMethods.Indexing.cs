using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_index(nint self, NativeIndex* values, long count);

    [LibraryImport(Library)]
    internal static partial int maml_index_put_(nint self, NativeIndex* values, long count, nint source);

    [LibraryImport(Library)]
    internal static partial nint maml_narrow(nint self, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial nint maml_select(nint self, long dim, long position);

    [LibraryImport(Library)]
    internal static partial nint maml_slice(nint self, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial nint maml_index_select(nint self, long dim, nint positions);

    [LibraryImport(Library)]
    internal static partial nint maml_gather(nint self, long dim, nint positions);

    [LibraryImport(Library)]
    internal static partial nint maml_scatter(nint self, long dim, nint positions, nint source);

    [LibraryImport(Library)]
    internal static partial nint maml_scatter_(nint self, long dim, nint positions, nint source);

    [LibraryImport(Library)]
    internal static partial nint maml_scatter_add(nint self, long dim, nint positions, nint source);
}
