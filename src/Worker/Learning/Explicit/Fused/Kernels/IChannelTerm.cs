using System.Numerics;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>A number for each pixel and channel. A value type, so that every sum over one is compiled for it.</summary>
internal interface IChannelTerm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The term for a vector of channels.</summary>
    /// <param name="at">Where the vector begins in the images.</param>
    /// <param name="channel">Its first channel.</param>
    Vector512<T> At(nint at, int channel);
}
