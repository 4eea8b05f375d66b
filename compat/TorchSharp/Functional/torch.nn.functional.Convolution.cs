using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// The 2-D cross-correlation of <paramref name="input"/> <c>[N, C, H, W]</c> with <paramref name="weight"/>
            /// <c>[O, C / groups, kH, kW]</c>.
            /// </summary>
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1)
            {
                Pair one = Pair.Of(1, 1);
                nint result = maml_conv2d(
                    input.Handle, weight.Handle, Tensor.HandleOf(bias),
                    Pair.OfOptional(strides, one), Pair.OfOptional(padding, default), Pair.OfOptional(dilation, one), groups);
                return Tensor.Result(result, input, weight, bias);
            }

            /// <summary>
            /// The 2-D transposed convolution of <paramref name="input"/> <c>[N, C, H, W]</c> with <paramref name="weight"/>
            /// <c>[C, O / groups, kH, kW]</c>.
            /// </summary>
            public static Tensor conv_transpose2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null,
                long[]? dilation = null,
                long groups = 1)
            {
                Pair one = Pair.Of(1, 1);
                nint result = maml_conv_transpose2d(
                    input.Handle, weight.Handle, Tensor.HandleOf(bias),
                    Pair.OfOptional(strides, one), Pair.OfOptional(padding, default), Pair.OfOptional(output_padding, default), Pair.OfOptional(dilation, one), groups);
                return Tensor.Result(result, input, weight, bias);
            }
        }
    }
}
