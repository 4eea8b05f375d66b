using System.Numerics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Mean and inverse standard deviation of each channel over one task's set.</summary>
internal static unsafe class SetStatistics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes both; the variance is that of the set, not an estimate of a population's.</summary>
    public static void Compute(T* images, in WindowGrid grid, T epsilon, T* mean, T* inverseDeviation)
    {
        T share = T.One / T.CreateTruncating(grid.Pixels);
        ChannelSums<T>.Over(new ValueTerm<T>(images), grid.Pixels, grid.Channels, mean);
        for (int c = 0; c < grid.Channels; c++) mean[c] = images[c] + (mean[c] * share);
        ChannelSums<T>.Over(new CentredProductTerm<T>(images, mean, images, mean), grid.Pixels, grid.Channels, inverseDeviation);
        for (int c = 0; c < grid.Channels; c++) inverseDeviation[c] = T.One / T.Sqrt((inverseDeviation[c] * share) + epsilon);
    }

    /// <summary>
    /// How mean and deviation change with the images: mean(ż), and mean(x̂·ż) with x̂ = (z − μ)/σ, which is the change of σ.
    /// </summary>
    public static void Differentiate(
        T* images, T* tangent, in WindowGrid grid, T* mean, T* inverseDeviation, T* meanTangent, T* alignment)
    {
        T share = T.One / T.CreateTruncating(grid.Pixels);
        ChannelSums<T>.Over(new ValueTerm<T>(tangent), grid.Pixels, grid.Channels, meanTangent);
        for (int c = 0; c < grid.Channels; c++) meanTangent[c] = tangent[c] + (meanTangent[c] * share);
        ChannelSums<T>.Over(new CentredProductTerm<T>(images, mean, tangent, meanTangent), grid.Pixels, grid.Channels, alignment);
        for (int c = 0; c < grid.Channels; c++) alignment[c] *= share * inverseDeviation[c];
    }
}
