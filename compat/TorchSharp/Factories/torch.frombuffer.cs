using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A tensor over an array's own memory: a change to the one is a change to the other.</summary>
    /// <param name="rawArray">The array; it stays where it is in memory for as long as any tensor on it lives.</param>
    /// <param name="dtype">The type of the array's elements.</param>
    /// <param name="count">How many elements; all from <paramref name="offset"/> on, if negative.</param>
    /// <param name="offset">How many bytes to leave out at the start.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <exception cref="ArgumentException">The array's elements are of another type, or it has too few.</exception>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        Type element = rawArray.GetType().GetElementType()!;
        if (ElementTypes.Of(element) != dtype)
            throw new ArgumentException($"An array of {element.Name} cannot be the memory of a {dtype} tensor.", nameof(dtype));
        int size = Buffer.ByteLength(rawArray) / Math.Max(rawArray.Length, 1);
        if (offset < 0 || offset > Buffer.ByteLength(rawArray) || (size > 0 && offset % size != 0))
            throw new ArgumentException($"Offset {offset} is not the start of an element of the array.", nameof(offset));
        long available = size == 0 ? 0 : (Buffer.ByteLength(rawArray) - offset) / size;
        if (count > available)
            throw new ArgumentException($"{count} elements are asked for, and the array has {available} from byte {offset} on.", nameof(count));

        GCHandle pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint handle = NativeMethods.maml_from_blob(
            (byte*)pin.AddrOfPinnedObject() + offset,
            count < 0 ? available : count,
            (int)dtype,
            &Unpin,
            GCHandle.ToIntPtr(pin));
        return Tensor.Result(handle).requires_grad_(requires_grad);
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
