using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor add(Tensor target) => Result(maml_add(Handle, target.Handle, ScalarValue.One), this, target);

        public Tensor add(Tensor target, Scalar alpha) => Result(maml_add(Handle, target.Handle, alpha.Value), this, target);

        public Tensor add(Scalar scalar) => Result(maml_add_scalar(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor sub(Tensor target) => Result(maml_sub(Handle, target.Handle), this, target);

        public Tensor sub(Scalar target) => Result(maml_sub_scalar(Handle, target.Value), this);

        public Tensor mul(Tensor target) => Result(maml_mul(Handle, target.Handle), this, target);

        public Tensor mul(Scalar target) => Result(maml_mul_scalar(Handle, target.Value), this);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(maml_div(Handle, target.Handle, (int)rounding_mode), this, target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(maml_div_scalar(Handle, target.Value, (int)rounding_mode), this);

        public Tensor pow(Tensor exponent) => Result(maml_pow(Handle, exponent.Handle), this, exponent);

        public Tensor pow(Scalar exponent) => Result(maml_pow_scalar(Handle, exponent.Value), this);

        /// <summary>This tensor plus <paramref name="value"/> times the product of the other two.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(maml_addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);
    }
}
