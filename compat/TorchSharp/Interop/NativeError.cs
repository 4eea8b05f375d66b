using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns what libtorch refused into an exception.</summary>
internal static class NativeError
{
    public static void ThrowIfFailed(int status)
    {
        if (status < 0) Throw();
    }

    /// <exception cref="ExternalException">Always, with libtorch's message for the last call on this thread.</exception>
    [DoesNotReturn]
    public static unsafe void Throw()
    {
        string? message = Marshal.PtrToStringUTF8((nint)NativeMethods.maml_last_error());
#pragma warning disable CA2201 // Real TorchSharp throws just this type, and callers catch it by name.
        throw new ExternalException(string.IsNullOrEmpty(message) ? "libtorch failed without a message." : message);
#pragma warning restore CA2201
    }
}
