using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array, and the graph that made it. It owns one reference to native memory, which goes back when it
    /// or its dispose scope is disposed; the finalizer is the net beneath, not the way.
    /// </summary>
    public sealed partial class Tensor : IDisposable
    {
        private static long s_live;
        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            Interlocked.Increment(ref s_live);
            CurrentDisposeScope?.Include(this);
        }

        ~Tensor() => Free();

        /// <summary>How many tensor objects of this process hold native memory now.</summary>
        public static long TotalCount => Interlocked.Read(ref s_live);

        /// <summary>The native tensor; keep the object alive for as long as it is used.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed, by itself or with its scope.</exception>
        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        public bool IsInvalid => _handle == 0;

        public void Dispose()
        {
            OwningScope?.Forget(this);
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            NativeMethods.maml_free(handle);
            Interlocked.Decrement(ref s_live);
        }
    }
}
