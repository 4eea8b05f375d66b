using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        /// <summary>The same elements in another shape; a length of -1 is worked out from the others.</summary>
        public Tensor reshape(params long[] shape) => Result(maml_reshape(Handle, shape, shape.Length), this);

        /// <summary>Like <see cref="reshape"/>, but never by way of a copy.</summary>
        public Tensor view(params long[] shape) => Result(maml_view(Handle, shape, shape.Length), this);

        /// <summary>A view of the memory with steps of its own: element (i, j, …) lies at storageOffset + i·strides[0] + j·strides[1] + ….</summary>
        /// <exception cref="ArgumentException">There are not as many strides as sizes.</exception>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => size.Length == strides.Length
            ? Result(maml_as_strided(Handle, size, strides, size.Length, storageOffset), this)
            : throw new ArgumentException($"There are {size.Length} sizes and {strides.Length} strides; expected as many of each.", nameof(strides));

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Result(maml_flatten(Handle, start_dim, end_dim), this);

        public Tensor permute(params long[] permutation) => Result(maml_permute(Handle, permutation, permutation.Length), this);

        public Tensor transpose(long dim0, long dim1) => Result(maml_transpose(Handle, dim0, dim1), this);

        public Tensor t() => Result(maml_t(Handle), this);

        public Tensor unsqueeze(long dim) => Result(maml_unsqueeze(Handle, dim), this);

        public Tensor squeeze(long? dim = null) =>
            Result(dim is { } given ? maml_squeeze_dim(Handle, given) : maml_squeeze(Handle), this);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan());

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Result(maml_expand(Handle, sizes, sizes.Length), this);

        public Tensor expand_as(Tensor other) => expand(other.shape.AsSpan());

        public Tensor repeat(params long[] sizes) => Result(maml_repeat(Handle, sizes, sizes.Length), this);

        public Tensor flip(params long[] dims) => Result(maml_flip(Handle, dims, dims.Length), this);
    }
}
