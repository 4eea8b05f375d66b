using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public static Tensor operator +(Scalar left, Tensor right) =>
            Result(maml_add_scalar(right.Handle, left.Value, ScalarValue.One), right);

        public static Tensor operator +(int left, Tensor right) =>
            Result(maml_add_scalar(right.Handle, (long)left, ScalarValue.One), right);

        public static Tensor operator +(long left, Tensor right) =>
            Result(maml_add_scalar(right.Handle, left, ScalarValue.One), right);

        public static Tensor operator +(float left, Tensor right) =>
            Result(maml_add_scalar(right.Handle, (double)left, ScalarValue.One), right);

        public static Tensor operator +(double left, Tensor right) =>
            Result(maml_add_scalar(right.Handle, left, ScalarValue.One), right);

        public static Tensor operator -(Scalar left, Tensor right) =>
            Result(maml_rsub_scalar(right.Handle, left.Value), right);

        public static Tensor operator -(int left, Tensor right) =>
            Result(maml_rsub_scalar(right.Handle, (long)left), right);

        public static Tensor operator -(long left, Tensor right) =>
            Result(maml_rsub_scalar(right.Handle, left), right);

        public static Tensor operator -(float left, Tensor right) =>
            Result(maml_rsub_scalar(right.Handle, (double)left), right);

        public static Tensor operator -(double left, Tensor right) =>
            Result(maml_rsub_scalar(right.Handle, left), right);

        public static Tensor operator *(Scalar left, Tensor right) =>
            Result(maml_mul_scalar(right.Handle, left.Value), right);

        public static Tensor operator *(int left, Tensor right) =>
            Result(maml_mul_scalar(right.Handle, (long)left), right);

        public static Tensor operator *(long left, Tensor right) =>
            Result(maml_mul_scalar(right.Handle, left), right);

        public static Tensor operator *(float left, Tensor right) =>
            Result(maml_mul_scalar(right.Handle, (double)left), right);

        public static Tensor operator *(double left, Tensor right) =>
            Result(maml_mul_scalar(right.Handle, left), right);

        public static Tensor operator /(Scalar left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return Result(maml_mul_scalar(inverse.Handle, left.Value), right);
        }

        public static Tensor operator /(int left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return Result(maml_mul_scalar(inverse.Handle, (long)left), right);
        }

        public static Tensor operator /(long left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return Result(maml_mul_scalar(inverse.Handle, left), right);
        }

        public static Tensor operator /(float left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return Result(maml_mul_scalar(inverse.Handle, (double)left), right);
        }

        public static Tensor operator /(double left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return Result(maml_mul_scalar(inverse.Handle, left), right);
        }
    }
}
