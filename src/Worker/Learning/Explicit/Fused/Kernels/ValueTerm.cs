using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>z − z₀, with z₀ the first pixel of the channel: a channel that does not vary then has exactly that mean.</summary>
internal readonly unsafe struct ValueTerm<T>(T* images) : IChannelTerm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(nint at, int channel) => Vector512.Load(images + at) - Vector512.Load(images + channel);
}
