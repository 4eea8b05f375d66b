using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>(z − μ) · (u − ν).</summary>
internal readonly unsafe struct CentredProductTerm<T>(T* images, T* mean, T* others, T* othersMean) : IChannelTerm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(nint at, int channel) =>
        (Vector512.Load(images + at) - Vector512.Load(mean + channel)) * (Vector512.Load(others + at) - Vector512.Load(othersMean + channel));
}
