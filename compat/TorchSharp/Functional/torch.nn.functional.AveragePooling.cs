using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor avg_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long padding = 0,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null) =>
                avg_pool2d(
                    input, [kernel_size], stride is { } step ? [step] : null, [padding], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The mean of each window; the windows do not overlap unless <paramref name="stride"/> says so.</summary>
            public static Tensor avg_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? stride = null,
                long[]? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null)
            {
                Pair kernel = Pair.Of(kernel_size);
                nint result = maml_avg_pool2d(
                    input.Handle, kernel, Pair.OfOptional(stride, kernel), Pair.OfOptional(padding, default),
                    Flag(ceil_mode), Flag(count_include_pad), divisor_override ?? 0);
                return Tensor.Result(result, input);
            }

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size]);

            /// <summary>Means over windows that are chosen so that this many come out.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Tensor.Result(maml_adaptive_avg_pool2d(input.Handle, Pair.Of(output_size)), input);
        }
    }
}
