using System.Numerics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>What normalises one task's channels, three rows one after the other.</summary>
internal readonly unsafe struct NormalisationPoint<T>(T* rows, int channels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>μ.</summary>
    public T* Mean => rows;

    /// <summary>1/σ.</summary>
    public T* InverseDeviation => rows + channels;

    /// <summary>γ/σ.</summary>
    public T* CombinedScale => rows + (2 * channels);
}
