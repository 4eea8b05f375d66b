using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// The cross entropy of logits <c>[N, C, …]</c> against classes <c>[N, …]</c> as int64, or against probabilities of
            /// the logits' shape.
            /// </summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0)
            {
                nint result = maml_cross_entropy(
                    input.Handle, target.Handle, Tensor.HandleOf(weight), ignore_index, (long)reduction, label_smoothing);
                return Tensor.Result(result, input, target, weight);
            }

            /// <summary>The binary cross entropy of logits against probabilities of the same shape.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                nint result = maml_binary_cross_entropy_with_logits(
                    input.Handle, target.Handle, Tensor.HandleOf(weight), (long)reduction, Tensor.HandleOf(pos_weights));
                GC.KeepAlive(pos_weights);
                return Tensor.Result(result, input, target, weight);
            }

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(maml_mse_loss(input.Handle, target.Handle, (long)reduction), input, target);

            /// <summary>The negative log likelihood of log-probabilities <c>[N, C, …]</c> at classes <c>[N, …]</c>, int64.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.Result(maml_nll_loss(input.Handle, target.Handle, Tensor.HandleOf(weight), (long)reduction), input, target, weight);
        }
    }
}
