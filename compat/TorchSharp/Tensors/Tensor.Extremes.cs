using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        public Tensor max() => Result(maml_max(Handle), this);

        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The largest elements along a dimension, and where each of them stands.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint values, indices;
            Check(maml_max_dim(Handle, dim, Flag(keepdim), &values, &indices), this);
            return (new Tensor(values), new Tensor(indices));
        }

        public Tensor min() => Result(maml_min(Handle), this);

        public Tensor min(Tensor other) => minimum(other);

        public Tensor amax(params long[] dims) => amax(dims.AsSpan());

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
        {
            Tensor result = Result(maml_amax(Handle, dims, dims.Length, Flag(keepdim)), this);
            if (@out is null) return result;
            using (result) return @out.copy_(result);
        }

        public Tensor argmax() => Result(maml_argmax(Handle), this);

        public Tensor argmax(long dim, bool keepdim = false) => Result(maml_argmax_dim(Handle, dim, Flag(keepdim)), this);
    }
}
