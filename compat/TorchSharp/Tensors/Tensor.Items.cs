using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set
            {
                NativeIndex* entries = stackalloc NativeIndex[indices.Length];
                for (int i = 0; i < indices.Length; i++) entries[i] = indices[i].ToNative();
                int status = maml_index_put_(Handle, entries, indices.Length, value.Handle);
                GC.KeepAlive(indices);
                GC.KeepAlive(value);
                Check(status, this);
            }
        }

        /// <summary>The part that Python's <c>tensor[…]</c> with the same indices would be.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            NativeIndex* entries = stackalloc NativeIndex[indices.Length];
            for (int i = 0; i < indices.Length; i++) entries[i] = indices[i].ToNative();
            nint result = maml_index(Handle, entries, indices.Length);
            GC.KeepAlive(indices);
            return Result(result, this);
        }
    }
}
