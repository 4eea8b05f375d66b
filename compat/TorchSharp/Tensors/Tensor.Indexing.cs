using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor narrow(long dim, long start, long length) => Result(maml_narrow(Handle, dim, start, length), this);

        public Tensor select(long dim, long index) => Result(maml_select(Handle, dim, index), this);

        public Tensor slice(long dim, long start, long finish, long step) => Result(maml_slice(Handle, dim, start, finish, step), this);

        /// <summary>The positions along a dimension that <paramref name="index"/>, an int64 vector, lists.</summary>
        public Tensor index_select(long dim, Tensor index) => Result(maml_index_select(Handle, dim, index.Handle), this, index);

        /// <summary>One element along <paramref name="dim"/> for each element of <paramref name="index"/>, int64 and of as many dimensions.</summary>
        public Tensor gather(long dim, Tensor index) => Result(maml_gather(Handle, dim, index.Handle), this, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Result(maml_scatter(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Result(maml_scatter_(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Result(maml_scatter_add(Handle, dim, index.Handle, src.Handle), this, index, src);
    }
}
