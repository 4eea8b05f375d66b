using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint maml_conv2d(nint input, nint weight, nint bias, in Pair strides, in Pair padding, in Pair dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint maml_conv_transpose2d(nint input, nint weight, nint bias, in Pair strides, in Pair padding, in Pair outputPadding, in Pair dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint maml_unfold(nint input, in Pair kernel, in Pair dilation, in Pair padding, in Pair stride);

    [LibraryImport(Library)]
    internal static partial nint maml_fold(nint input, in Pair size, in Pair kernel, in Pair dilation, in Pair padding, in Pair stride);

    [LibraryImport(Library)]
    internal static partial nint maml_pad(nint input, ReadOnlySpan<long> pad, long count, byte* mode, double value);

    [LibraryImport(Library)]
    internal static partial nint maml_max_pool2d(nint input, in Pair kernel, in Pair stride, in Pair padding, in Pair dilation, int ceilMode);

    [LibraryImport(Library)]
    internal static partial int maml_max_pool2d_with_indices(nint input, in Pair kernel, in Pair stride, in Pair padding, in Pair dilation, int ceilMode, nint* output, nint* indices);

    [LibraryImport(Library)]
    internal static partial nint maml_avg_pool2d(nint input, in Pair kernel, in Pair stride, in Pair padding, int ceilMode, int countIncludePad, long divisor);

    [LibraryImport(Library)]
    internal static partial nint maml_adaptive_avg_pool2d(nint input, in Pair size);

    [LibraryImport(Library)]
    internal static partial nint maml_batch_norm(nint input, nint runningMean, nint runningVar, nint weight, nint bias, int training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial nint maml_cross_entropy(nint input, nint target, nint weight, long ignoreIndex, long reduction, double smoothing);

    [LibraryImport(Library)]
    internal static partial nint maml_binary_cross_entropy_with_logits(nint input, nint target, nint weight, long reduction, nint positiveWeight);

    [LibraryImport(Library)]
    internal static partial nint maml_mse_loss(nint input, nint target, long reduction);

    [LibraryImport(Library)]
    internal static partial nint maml_nll_loss(nint input, nint target, nint weight, long reduction);

    [LibraryImport(Library)]
    internal static partial nint maml_one_hot(nint self, long classes);
}
