using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor abs() => Result(maml_abs(Handle), this);

        public Tensor cos() => Result(maml_cos(Handle), this);

        public Tensor exp() => Result(maml_exp(Handle), this);

        public Tensor isfinite() => Result(maml_isfinite(Handle), this);

        public Tensor isnan() => Result(maml_isnan(Handle), this);

        public Tensor log() => Result(maml_log(Handle), this);

        public Tensor neg() => Result(maml_neg(Handle), this);

        public Tensor neg_() => Result(maml_neg_(Handle), this);

        public Tensor reciprocal() => Result(maml_reciprocal(Handle), this);

        public Tensor relu() => Result(maml_relu(Handle), this);

        public Tensor relu_() => Result(maml_relu_(Handle), this);

        public Tensor rsqrt() => Result(maml_rsqrt(Handle), this);

        public Tensor rsqrt_() => Result(maml_rsqrt_(Handle), this);

        public Tensor sigmoid() => Result(maml_sigmoid(Handle), this);

        public Tensor sign() => Result(maml_sign(Handle), this);

        public Tensor sin() => Result(maml_sin(Handle), this);

        public Tensor sqrt() => Result(maml_sqrt(Handle), this);

        public Tensor square() => Result(maml_square(Handle), this);

        public Tensor tanh() => Result(maml_tanh(Handle), this);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Result(maml_log_softmax(Handle, dim, OptionalType(dtype)), this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Result(maml_softmax(Handle, dim, OptionalType(dtype)), this);
    }
}
