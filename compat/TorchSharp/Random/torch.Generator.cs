using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>libtorch's default source of random numbers on the CPU.</summary>
    public sealed class Generator
    {
        private Generator()
        {
        }

        public static Generator Default { get; } = new();

        /// <summary>Seeds the default sources of random numbers of all devices.</summary>
        public Generator manual_seed(long seed)
        {
            NativeError.ThrowIfFailed(NativeMethods.maml_manual_seed(seed));
            return this;
        }
    }
}
