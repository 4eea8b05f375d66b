using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Result(maml_sum(Handle, OptionalType(type)), this);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Result(maml_sum_dims(Handle, dim, dim.Length, Flag(keepdim), OptionalType(type)), this);

        public Tensor mean() => Result(maml_mean(Handle), this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Result(maml_mean_dims(Handle, dimensions, dimensions.Length, Flag(keepdim), OptionalType(type)), this);

        public Tensor var(bool unbiased = true) => Result(maml_var(Handle, Flag(unbiased)), this);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            if (type is not { } given || given == dtype)
                return Result(maml_var_dims(Handle, dimensions, dimensions.Length, Flag(unbiased), Flag(keepdim)), this);
            using Tensor converted = to(given);
            return converted.var(dimensions, unbiased, keepdim);
        }

        public Tensor logsumexp(long dim, bool keepdim = false) => Result(maml_logsumexp(Handle, dim, Flag(keepdim)), this);

        public Tensor all() => Result(maml_all(Handle), this);

        public Tensor all(long dim, bool keepdim = false) => Result(maml_all_dim(Handle, dim, Flag(keepdim)), this);

        public Tensor any() => Result(maml_any(Handle), this);
    }
}
