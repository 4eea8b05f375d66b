using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Sums over the chosen pixels of each channel, for the gradients of scale and shift and their derivatives.</summary>
internal static unsafe class WindowSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ d and Σ d·x̂ over the chosen pixels, where d is the gradient of the pooled activation.</summary>
    public static void Gradient(
        T* images, T* gradient, T* choices, in WindowGrid grid, T* mean, T* inverseDeviation, T* shift, T* scale)
    {
        T* row = stackalloc T[2 * grid.Channels];
        Clear(shift, scale, grid.Channels);
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int down = 0; down < grid.Down; down++)
            {
                Clear(row, row + grid.Channels, grid.Channels);
                nint window = (((nint)example * grid.Down) + down) * grid.Across * grid.Channels;
                T* corner = images + grid.Corner(example, down, 0);
                for (int across = 0; across < grid.Across; across++)
                {
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> choice = Vector512.Load(choices + window + c);
                        Vector512<T> d = WindowChoice<T>.Mask(Vector512.Load(gradient + window + c), choice);
                        Vector512<T> centred = WindowChoice<T>.Pick(corner + c, grid, choice) - Vector512.Load(mean + c);
                        Add(row + c, d);
                        AddProduct(row + grid.Channels + c, d, centred);
                    }

                    window += grid.Channels;
                    corner += grid.Window * grid.Channels;
                }

                for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                {
                    Add(shift + c, Vector512.Load(row + c));
                    Add(scale + c, Vector512.Load(row + grid.Channels + c));
                }
            }
        }

        for (int c = 0; c < grid.Channels; c++) scale[c] *= inverseDeviation[c];
    }

    /// <summary>Σ ḋ and Σ (ḋ·x̂ + d·x̂′) over the chosen pixels, with x̂′ = (ż − mean(ż) − x̂·mean(x̂·ż))/σ.</summary>
    public static void GradientTangent(
        T* images, T* imagesTangent, T* gradient, T* gradientTangent, T* choices, in WindowGrid grid,
        T* mean, T* inverseDeviation, T* meanTangent, T* alignment, T* shift, T* scale)
    {
        T* row = stackalloc T[2 * grid.Channels];
        Clear(shift, scale, grid.Channels);
        for (int example = 0; example < grid.Examples; example++)
        {
            for (int down = 0; down < grid.Down; down++)
            {
                Clear(row, row + grid.Channels, grid.Channels);
                nint window = (((nint)example * grid.Down) + down) * grid.Across * grid.Channels;
                nint corner = grid.Corner(example, down, 0);
                for (int across = 0; across < grid.Across; across++)
                {
                    for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                    {
                        Vector512<T> choice = Vector512.Load(choices + window + c);
                        Vector512<T> d = WindowChoice<T>.Mask(Vector512.Load(gradient + window + c), choice);
                        Vector512<T> dTangent = WindowChoice<T>.Mask(Vector512.Load(gradientTangent + window + c), choice);
                        Vector512<T> inverse = Vector512.Load(inverseDeviation + c);
                        Vector512<T> normalised = (WindowChoice<T>.Pick(images + corner + c, grid, choice) - Vector512.Load(mean + c)) * inverse;
                        Vector512<T> tangent = WindowChoice<T>.Pick(imagesTangent + corner + c, grid, choice) - Vector512.Load(meanTangent + c);
                        Vector512<T> normalisedTangent = (tangent - (normalised * Vector512.Load(alignment + c))) * inverse;
                        Add(row + c, dTangent);
                        AddProduct(row + grid.Channels + c, dTangent, normalised);
                        AddProduct(row + grid.Channels + c, d, normalisedTangent);
                    }

                    window += grid.Channels;
                    corner += grid.Window * grid.Channels;
                }

                for (int c = 0; c < grid.Channels; c += Lanes<T>.Count)
                {
                    Add(shift + c, Vector512.Load(row + c));
                    Add(scale + c, Vector512.Load(row + grid.Channels + c));
                }
            }
        }
    }

    private static void Clear(T* first, T* second, int channels)
    {
        new Span<T>(first, channels).Clear();
        new Span<T>(second, channels).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* sum, Vector512<T> value) => (Vector512.Load(sum) + value).Store(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(T* sum, Vector512<T> a, Vector512<T> b) => Lanes<T>.MultiplyAdd(a, b, Vector512.Load(sum)).Store(sum);
}
