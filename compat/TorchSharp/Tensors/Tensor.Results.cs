using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        internal static nint HandleOf(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

        internal static Tensor Result(nint handle)
        {
            if (handle == 0) NativeError.Throw();
            return new Tensor(handle);
        }

        // The operands come along because a tensor that nothing else refers to could otherwise be finalized, and its
        // native half freed, while libtorch is still reading it.
        internal static Tensor Result(nint handle, Tensor operand)
        {
            GC.KeepAlive(operand);
            return Result(handle);
        }

        internal static Tensor Result(nint handle, Tensor first, Tensor? second)
        {
            GC.KeepAlive(second);
            return Result(handle, first);
        }

        internal static Tensor Result(nint handle, Tensor first, Tensor? second, Tensor? third)
        {
            GC.KeepAlive(third);
            return Result(handle, first, second);
        }

        private static void Check(int status, Tensor operand)
        {
            GC.KeepAlive(operand);
            NativeError.ThrowIfFailed(status);
        }
    }
}
