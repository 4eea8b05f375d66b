using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static class linalg
    {
        /// <summary>The norm over the given dimensions, or over all elements for none.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Tensor.Result(maml_vector_norm(input.Handle, ord, dims, dims?.Length ?? 0, Flag(keepdim)), input);
    }
}
