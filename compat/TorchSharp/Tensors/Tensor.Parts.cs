using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        /// <summary>Parts of <paramref name="size"/> along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            using var parts = new TensorParts();
            Check(maml_split_even(Handle, size, dim, TensorParts.Take, parts.Context), this);
            return parts.ToArray();
        }

        /// <summary>Parts of the given sizes along a dimension; they must cover it.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => split(sizes.AsSpan(), dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            using var parts = new TensorParts();
            Check(maml_split(Handle, sizes, sizes.Length, dim, TensorParts.Take, parts.Context), this);
            return parts.ToArray();
        }

        /// <summary>As many parts of equal size, but perhaps for the last, along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0)
        {
            using var parts = new TensorParts();
            Check(maml_chunk(Handle, chunks, dim, TensorParts.Take, parts.Context), this);
            return parts.ToArray();
        }

        /// <summary>One part, of one dimension less, for each position along a dimension.</summary>
        public Tensor[] unbind(long dimension = 0)
        {
            using var parts = new TensorParts();
            Check(maml_unbind(Handle, dimension, TensorParts.Take, parts.Context), this);
            return parts.ToArray();
        }
    }
}
