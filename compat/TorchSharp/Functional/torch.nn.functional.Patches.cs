using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The sliding windows of <c>[N, C, H, W]</c> as columns: <c>[N, C · kH · kW, windows]</c>.</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                unfold(input, (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            /// <inheritdoc cref="unfold(Tensor, long, long, long, long)"/>
            public static Tensor unfold(
                Tensor input,
                (long, long) kernel_size,
                (long, long)? dilation = null,
                (long, long)? padding = null,
                (long, long)? stride = null)
            {
                nint result = maml_unfold(
                    input.Handle, Pair.Of(kernel_size), Pair.Of(dilation ?? (1, 1)), Pair.Of(padding ?? (0, 0)), Pair.Of(stride ?? (1, 1)));
                return Tensor.Result(result, input);
            }

            /// <summary>Adds up columns as <see cref="unfold(Tensor, long, long, long, long)"/> makes them, each where its window was.</summary>
            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                fold(input, (output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            /// <inheritdoc cref="fold(Tensor, long, long, long, long, long)"/>
            public static Tensor fold(
                Tensor input,
                (long, long) output_size,
                (long, long) kernel_size,
                (long, long)? dilation = null,
                (long, long)? padding = null,
                (long, long)? stride = null)
            {
                nint result = maml_fold(
                    input.Handle, Pair.Of(output_size), Pair.Of(kernel_size),
                    Pair.Of(dilation ?? (1, 1)), Pair.Of(padding ?? (0, 0)), Pair.Of(stride ?? (1, 1)));
                return Tensor.Result(result, input);
            }
        }
    }
}
