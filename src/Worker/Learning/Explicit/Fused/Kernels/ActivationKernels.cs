using System.Numerics;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Normalisation, ReLU and max-pooling of one task's images, each in one pass over memory.</summary>
internal static unsafe class ActivationKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>max(0, the largest of γ·(z − μ)/σ + β in a window), and which pixel it was.</summary>
    /// <param name="images">z.</param>
    /// <param name="grid">The windows.</param>
    /// <param name="mean">μ.</param>
    /// <param name="combinedScale">γ/σ.</param>
    /// <param name="shift">β.</param>
    /// <param name="output">The activation of each window.</param>
    /// <param name="choices">The pixel of each.</param>
    public static void Forward(T* images, in WindowGrid grid, T* mean, T* combinedScale, T* shift, T* output, T* choices)
    {
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int down = 0; down < grid.Down; down++)
            {
                T* corner = images + grid.Corner(example, down, 0);
                for (int across = 0; across < grid.Across; across++)
                {
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> m = Vector512.Load(mean + c), a = Vector512.Load(combinedScale + c), b = Vector512.Load(shift + c);
                        Vector512<T> choice = Vector512<T>.Zero;
                        Vector512<T> largest = Lanes<T>.MultiplyAdd(Vector512.Load(corner + c) - m, a, b);
                        if (grid.Window == 2)
                        {
                            T* below = corner + grid.RowStride + c;
                            largest = WindowChoice<T>.Largest(
                                largest,
                                Lanes<T>.MultiplyAdd(Vector512.Load(corner + grid.Channels + c) - m, a, b),
                                Lanes<T>.MultiplyAdd(Vector512.Load(below) - m, a, b),
                                Lanes<T>.MultiplyAdd(Vector512.Load(below + grid.Channels) - m, a, b),
                                out choice);
                        }

                        WindowChoice<T>.Rectify(largest, ref choice).Store(output + c);
                        choice.Store(choices + c);
                    }

                    corner += grid.Window * grid.Channels;
                    output += grid.Channels;
                    choices += grid.Channels;
                }
            }
        }
    }

    /// <summary>The derivative of <see cref="Forward"/>: p·(z − μ) + q·(ż − mean(ż)) + r at the chosen pixels, zero where there is none.</summary>
    public static void TangentForward(
        T* images, T* tangent, T* choices, in WindowGrid grid, T* mean, T* meanTangent, T* p, T* q, T* r, T* output)
    {
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int down = 0; down < grid.Down; down++)
            {
                nint corner = grid.Corner(example, down, 0);
                for (int across = 0; across < grid.Across; across++)
                {
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> choice = Vector512.Load(choices + c);
                        Vector512<T> z = WindowChoice<T>.Pick(images + corner + c, grid, choice) - Vector512.Load(mean + c);
                        Vector512<T> zTangent = WindowChoice<T>.Pick(tangent + corner + c, grid, choice) - Vector512.Load(meanTangent + c);
                        Vector512<T> value = Lanes<T>.MultiplyAdd(z, Vector512.Load(p + c), Vector512.Load(r + c));
                        value = Lanes<T>.MultiplyAdd(zTangent, Vector512.Load(q + c), value);
                        WindowChoice<T>.Mask(value, choice).Store(output + c);
                    }

                    corner += grid.Window * grid.Channels;
                    choices += grid.Channels;
                    output += grid.Channels;
                }
            }
        }
    }
}
