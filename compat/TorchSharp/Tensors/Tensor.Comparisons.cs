using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor eq(Tensor target) => Result(maml_eq(Handle, target.Handle), this, target);

        public Tensor eq(Scalar target) => Result(maml_eq_scalar(Handle, target.Value), this);

        public Tensor ne(Tensor target) => Result(maml_ne(Handle, target.Handle), this, target);

        public Tensor ne(Scalar target) => Result(maml_ne_scalar(Handle, target.Value), this);

        public Tensor gt(Tensor target) => Result(maml_gt(Handle, target.Handle), this, target);

        public Tensor gt(Scalar target) => Result(maml_gt_scalar(Handle, target.Value), this);

        public Tensor ge(Tensor target) => Result(maml_ge(Handle, target.Handle), this, target);

        public Tensor ge(Scalar target) => Result(maml_ge_scalar(Handle, target.Value), this);

        public Tensor lt(Tensor target) => Result(maml_lt(Handle, target.Handle), this, target);

        public Tensor lt(Scalar target) => Result(maml_lt_scalar(Handle, target.Value), this);

        public Tensor le(Tensor target) => Result(maml_le(Handle, target.Handle), this, target);

        public Tensor le(Scalar target) => Result(maml_le_scalar(Handle, target.Value), this);

        public Tensor maximum(Tensor other) => Result(maml_maximum(Handle, other.Handle), this, other);

        public Tensor minimum(Tensor other) => Result(maml_minimum(Handle, other.Handle), this, other);

        public Tensor logical_and(Tensor other) => Result(maml_logical_and(Handle, other.Handle), this, other);
    }
}
