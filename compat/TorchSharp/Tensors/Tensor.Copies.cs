using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor detach() => Result(maml_detach(Handle), this);

        public Tensor clone() => Result(maml_clone(Handle), this);

        public Tensor alias() => Result(maml_alias(Handle), this);

        public Tensor contiguous() => Result(maml_contiguous(Handle), this);

        /// <summary>Overwrites the elements, broadcasting <paramref name="source"/>, whatever its type and device.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Result(maml_copy_(Handle, source.Handle, Flag(nonBlocking)), this, source);

        public Tensor zero_() => Result(maml_zero_(Handle), this);

        public Tensor fill_(Scalar value) => Result(maml_fill_(Handle, value.Value), this);
    }
}
