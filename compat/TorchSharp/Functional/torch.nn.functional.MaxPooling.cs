using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(
                    input,
                    [kernel_size],
                    stride is { } step ? [step] : null,
                    padding is { } border ? [border] : null,
                    dilation is { } spread ? [spread] : null,
                    ceil_mode);

            /// <summary>The largest element of each window; the windows do not overlap unless <paramref name="strides"/> says so.</summary>
            public static Tensor max_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false)
            {
                Pair kernel = Pair.Of(kernel_size);
                nint result = maml_max_pool2d(
                    input.Handle, kernel, Pair.OfOptional(strides, kernel), Pair.OfOptional(padding, default), Pair.OfOptional(dilation, Pair.Of(1, 1)), Flag(ceil_mode));
                return Tensor.Result(result, input);
            }

            /// <summary>Besides the largest element of each window its position, counted over the <c>H · W</c> of its plane.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false)
            {
                Pair kernel = Pair.Of(kernel_size);
                nint output, indices;
                int status = maml_max_pool2d_with_indices(
                    input.Handle, kernel, Pair.OfOptional(strides, kernel), Pair.OfOptional(padding, default), Pair.OfOptional(dilation, Pair.Of(1, 1)),
                    Flag(ceil_mode), &output, &indices);
                GC.KeepAlive(input);
                NativeError.ThrowIfFailed(status);
                return (new Tensor(output), new Tensor(indices));
            }
        }
    }
}
