using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor add_(Tensor target) => Result(maml_add_(Handle, target.Handle, ScalarValue.One), this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Result(maml_add_(Handle, target.Handle, alpha.Value), this, target);

        public Tensor add_(Scalar scalar) => Result(maml_add_scalar_(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor sub_(Tensor target) => Result(maml_sub_(Handle, target.Handle), this, target);

        public Tensor sub_(Scalar target) => Result(maml_sub__scalar(Handle, target.Value), this);

        public Tensor mul_(Tensor target) => Result(maml_mul_(Handle, target.Handle), this, target);

        public Tensor mul_(Scalar target) => Result(maml_mul__scalar(Handle, target.Value), this);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(maml_div_(Handle, target.Handle, (int)rounding_mode), this, target);

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(maml_div__scalar(Handle, target.Value, (int)rounding_mode), this);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(maml_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);
    }
}
