using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        /// <summary>Where <paramref name="condition"/> holds this tensor's elements, elsewhere those of <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) =>
            Result(maml_where(condition.Handle, Handle, y.Handle), this, condition, y);

        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            ScalarValue low = min?.Value ?? default;
            ScalarValue high = max?.Value ?? default;
            return Result(maml_clamp(Handle, min is null ? null : &low, max is null ? null : &high), this);
        }

        public Tensor clamp_min(Scalar min) => clamp(min);
    }
}
