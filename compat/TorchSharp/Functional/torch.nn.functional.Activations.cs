using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) =>
                Tensor.Result(inplace ? maml_relu_(x.Handle) : maml_relu(x.Handle), x);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Tensor.Result(maml_softplus(x.Handle, beta, threshold), x);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The product of <paramref name="input"/> <c>[…, in]</c> and the transpose of <paramref name="weights"/> <c>[out, in]</c>, plus a bias.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.Result(maml_linear(input.Handle, weights.Handle, Tensor.HandleOf(bias)), input, weights, bias);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Tensor.Result(maml_one_hot(x.Handle, num_classes), x);
        }
    }
}
