using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.AsSpan(), mode, value);

            /// <summary>Adds a border.</summary>
            /// <param name="input">The tensor.</param>
            /// <param name="pad">How wide: before and after the last dimension, then before and after the one before it, and so on.</param>
            /// <param name="mode">What the border is made of.</param>
            /// <param name="value">With what a constant border is filled.</param>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ReadOnlySpan<byte> name = mode switch
                {
                    PaddingModes.Constant or PaddingModes.Zeros => "constant\0"u8,
                    PaddingModes.Reflect => "reflect\0"u8,
                    PaddingModes.Replicate => "replicate\0"u8,
                    PaddingModes.Circular => "circular\0"u8,
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This is no way of padding."),
                };
                fixed (byte* text = name)
                    return Tensor.Result(maml_pad(input.Handle, pad, pad.Length, text, mode == PaddingModes.Zeros ? 0 : value), input);
            }
        }
    }
}
