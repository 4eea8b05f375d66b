using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static class backends
    {
        public static class cuda
        {
            public static unsafe class matmul
            {
                /// <summary>Whether matrix products in float32 may round their factors to TF32's 10 bits; false unless it is set.</summary>
                public static bool allow_tf32
                {
                    get
                    {
                        int allowed;
                        NativeError.ThrowIfFailed(maml_get_allow_tf32_matmul(&allowed));
                        return allowed != 0;
                    }

                    set => NativeError.ThrowIfFailed(maml_set_allow_tf32_matmul(Flag(value)));
                }
            }
        }

        public static unsafe class cudnn
        {
            /// <summary>Whether convolutions in float32 may round their factors to TF32's 10 bits; true unless it is set.</summary>
            public static bool allow_tf32
            {
                get
                {
                    int allowed;
                    NativeError.ThrowIfFailed(maml_get_allow_tf32_cudnn(&allowed));
                    return allowed != 0;
                }

                set => NativeError.ThrowIfFailed(maml_set_allow_tf32_cudnn(Flag(value)));
            }
        }
    }
}
