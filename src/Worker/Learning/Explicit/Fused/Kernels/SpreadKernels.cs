using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>
/// Gradients of what goes into normalisation, and their derivatives, for one task: sparse where they come from the chosen pixels, dense
/// where they come from the statistics of the set.
/// </summary>
internal static unsafe class SpreadKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>a·d at the chosen pixels, + p·(z − μ) + r at every one.</summary>
    public static void Backward(T* images, T* gradient, T* choices, in WindowGrid grid, T* mean, T* a, T* p, T* r, T* output)
    {
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int y = 0; y < grid.Height; y++)
            {
                nint at = grid.Corner(example, 0, 0) + ((nint)y * grid.RowStride);
                for (int x = 0; x < grid.Width; x++, at += grid.Channels)
                {
                    nint window = WindowOf(grid, example, y, x, out int pixel);
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> value = Lanes<T>.MultiplyAdd(
                            Vector512.Load(images + at + c) - Vector512.Load(mean + c), Vector512.Load(p + c), Vector512.Load(r + c));
                        if (window >= 0)
                        {
                            Vector512<T> d = Vector512.Load(gradient + window + c) & WindowChoice<T>.Is(Vector512.Load(choices + window + c), pixel);
                            value = Lanes<T>.MultiplyAdd(d, Vector512.Load(a + c), value);
                        }

                        value.Store(output + at + c);
                    }
                }
            }
        }
    }

    /// <summary>
    /// a·ḋ + b·d at the chosen pixels, + p·(z − μ) + q·(ż − mean(ż)) + r at every one; written over ż.
    /// </summary>
    public static void TangentBackward(
        T* images, T* imagesTangent, T* gradient, T* gradientTangent, T* choices, in WindowGrid grid,
        T* mean, T* meanTangent, T* a, T* b, T* p, T* q, T* r)
    {
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int y = 0; y < grid.Height; y++)
            {
                nint at = grid.Corner(example, 0, 0) + ((nint)y * grid.RowStride);
                for (int x = 0; x < grid.Width; x++, at += grid.Channels)
                {
                    nint window = WindowOf(grid, example, y, x, out int pixel);
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> value = Lanes<T>.MultiplyAdd(
                            Vector512.Load(images + at + c) - Vector512.Load(mean + c), Vector512.Load(p + c), Vector512.Load(r + c));
                        value = Lanes<T>.MultiplyAdd(
                            Vector512.Load(imagesTangent + at + c) - Vector512.Load(meanTangent + c), Vector512.Load(q + c), value);
                        if (window >= 0)
                        {
                            Vector512<T> isChosen = WindowChoice<T>.Is(Vector512.Load(choices + window + c), pixel);
                            value = Lanes<T>.MultiplyAdd(Vector512.Load(gradientTangent + window + c) & isChosen, Vector512.Load(a + c), value);
                            value = Lanes<T>.MultiplyAdd(Vector512.Load(gradient + window + c) & isChosen, Vector512.Load(b + c), value);
                        }

                        value.Store(imagesTangent + at + c);
                    }
                }
            }
        }
    }

    // Where a pixel's window is, and which pixel of the window it is; −1 for a pixel in no window.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint WindowOf(in WindowGrid grid, int example, int y, int x, out int pixel)
    {
        if (grid.Window == 1)
        {
            pixel = 0;
            return ((((nint)example * grid.Height) + y) * grid.Width + x) * grid.Channels;
        }

        pixel = (2 * (y & 1)) + (x & 1);
        int down = y >> 1, across = x >> 1;
        return down < grid.Down && across < grid.Across
            ? ((((nint)example * grid.Down) + down) * grid.Across + across) * grid.Channels
            : -1;
    }
}
