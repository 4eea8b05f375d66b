using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) =>
            Result(maml_add_scalar(left.Handle, right.Value, ScalarValue.One), left);

        public static Tensor operator +(Tensor left, int right) =>
            Result(maml_add_scalar(left.Handle, (long)right, ScalarValue.One), left);

        public static Tensor operator +(Tensor left, long right) =>
            Result(maml_add_scalar(left.Handle, right, ScalarValue.One), left);

        public static Tensor operator +(Tensor left, float right) =>
            Result(maml_add_scalar(left.Handle, (double)right, ScalarValue.One), left);

        public static Tensor operator +(Tensor left, double right) =>
            Result(maml_add_scalar(left.Handle, right, ScalarValue.One), left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) =>
            Result(maml_sub_scalar(left.Handle, right.Value), left);

        public static Tensor operator -(Tensor left, int right) =>
            Result(maml_sub_scalar(left.Handle, (long)right), left);

        public static Tensor operator -(Tensor left, long right) =>
            Result(maml_sub_scalar(left.Handle, right), left);

        public static Tensor operator -(Tensor left, float right) =>
            Result(maml_sub_scalar(left.Handle, (double)right), left);

        public static Tensor operator -(Tensor left, double right) =>
            Result(maml_sub_scalar(left.Handle, right), left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) =>
            Result(maml_mul_scalar(left.Handle, right.Value), left);

        public static Tensor operator *(Tensor left, int right) =>
            Result(maml_mul_scalar(left.Handle, (long)right), left);

        public static Tensor operator *(Tensor left, long right) =>
            Result(maml_mul_scalar(left.Handle, right), left);

        public static Tensor operator *(Tensor left, float right) =>
            Result(maml_mul_scalar(left.Handle, (double)right), left);

        public static Tensor operator *(Tensor left, double right) =>
            Result(maml_mul_scalar(left.Handle, right), left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) =>
            Result(maml_div_scalar(left.Handle, right.Value, 0), left);

        public static Tensor operator /(Tensor left, int right) =>
            Result(maml_div_scalar(left.Handle, (long)right, 0), left);

        public static Tensor operator /(Tensor left, long right) =>
            Result(maml_div_scalar(left.Handle, right, 0), left);

        public static Tensor operator /(Tensor left, float right) =>
            Result(maml_div_scalar(left.Handle, (double)right, 0), left);

        public static Tensor operator /(Tensor left, double right) =>
            Result(maml_div_scalar(left.Handle, right, 0), left);
    }
}
