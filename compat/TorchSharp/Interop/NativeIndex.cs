using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One entry of an index expression, laid out as the native library reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeIndex(NativeIndexKind kind, long start = 0, long stop = 0, long step = 0, nint tensor = 0, int given = 0)
{
    private readonly long _start = start;
    private readonly long _stop = stop;
    private readonly long _step = step;
    private readonly nint _tensor = tensor;
    private readonly int _kind = (int)kind;
    private readonly int _given = given;
}
