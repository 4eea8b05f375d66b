using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>
/// The C interface of libMamlTorch. A handle owns one reference to a native tensor; a call that makes one returns zero,
/// and a call that only acts returns -1, when libtorch refused: <see cref="NativeError"/> then has its message.
/// </summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "MamlTorch";

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, NativeLibraryResolver.Resolve);

    internal static int OptionalType(torch.ScalarType? type) => type is { } given ? (int)given : -1;

    internal static int Flag(bool value) => value ? 1 : 0;

    [LibraryImport(Library)]
    internal static partial byte* maml_last_error();
}
