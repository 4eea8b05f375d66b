using System.Numerics;
using System.Runtime.CompilerServices;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>A stretch of tiles, and the transforms between images and the sixteen matrices of such a stretch: a row for each tile.</summary>
/// <param name="grid">All tiles.</param>
/// <param name="first">The first of the stretch.</param>
/// <param name="atMost">Tiles in it, or fewer at the end.</param>
/// <param name="zeros">What is read beyond the edge of an image: zeros, as many as any pixel has numbers.</param>
/// <param name="spare">Takes what is written there.</param>
internal readonly unsafe struct TileStretch<T>(TileGrid grid, int first, int atMost, T* zeros, T* spare)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Side = 4;

    /// <summary>Tiles in it.</summary>
    public int Count => Math.Min(atMost, grid.Count - first);

    /// <summary>Bᵀ d B of each tile's input.</summary>
    public void Analyse(T* images, TileMatrices<T> matrices)
    {
        nint stride = matrices.Stride;
        int channels = matrices.Columns;
        T** pixels = stackalloc T*[Side * Side];
        T* row = matrices[0];
        for (int tile = first; tile < first + Count; tile++, row += channels)
        {
            grid.FindInputs(tile, images, channels, zeros, pixels);
            for (int c = 0; c < channels; c += Lanes<T>.Count)
            {
                Quad<T> a = Quad<T>.OfPixels(pixels, c), b = Quad<T>.OfPixels(pixels + Side, c);
                Quad<T> d = Quad<T>.OfPixels(pixels + (2 * Side), c), e = Quad<T>.OfPixels(pixels + (3 * Side), c);
                Store(a - d, b + d, d - b, b - e, row + c, stride);
            }
        }
    }

    /// <summary>The transpose of <see cref="Analyse"/>: adds B v Bᵀ to the pixels of each tile's input.</summary>
    public void AddAnalysed(TileMatrices<T> matrices, T* images)
    {
        nint stride = matrices.Stride;
        int channels = matrices.Columns;
        T** pixels = stackalloc T*[Side * Side];
        T* row = matrices[0];
        for (int tile = first; tile < first + Count; tile++, row += channels)
        {
            grid.FindInputs(tile, images, channels, spare, pixels);
            for (int c = 0; c < channels; c += Lanes<T>.Count)
            {
                Load(row + c, stride, out Quad<T> a, out Quad<T> b, out Quad<T> d, out Quad<T> e);
                a.AddToPixels(pixels, c);
                (b - d + e).AddToPixels(pixels + Side, c);
                (b + d - a).AddToPixels(pixels + (2 * Side), c);
                (-e).AddToPixels(pixels + (3 * Side), c);
            }
        }
    }

    /// <summary>Aᵀ m A as each tile's output.</summary>
    public void Synthesise(TileMatrices<T> matrices, T* images)
    {
        nint stride = matrices.Stride;
        int channels = matrices.Columns;
        T** pixels = stackalloc T*[Side];
        T* row = matrices[0];
        for (int tile = first; tile < first + Count; tile++, row += channels)
        {
            grid.FindOutputs(tile, images, channels, spare, pixels);
            for (int c = 0; c < channels; c += Lanes<T>.Count)
            {
                Load(row + c, stride, out Quad<T> a, out Quad<T> b, out Quad<T> d, out Quad<T> e);
                (a + b + d).StoreOutputs(pixels, c);
                (b - d - e).StoreOutputs(pixels + 2, c);
            }
        }
    }

    /// <summary>The transpose of <see cref="Synthesise"/>: A y Aᵀ of each tile's output.</summary>
    public void Spread(T* images, TileMatrices<T> matrices)
    {
        nint stride = matrices.Stride;
        int channels = matrices.Columns;
        T** pixels = stackalloc T*[Side];
        T* row = matrices[0];
        for (int tile = first; tile < first + Count; tile++, row += channels)
        {
            grid.FindOutputs(tile, images, channels, zeros, pixels);
            for (int c = 0; c < channels; c += Lanes<T>.Count)
            {
                Quad<T> upper = Quad<T>.OfOutputs(pixels, c), lower = Quad<T>.OfOutputs(pixels + 2, c);
                Store(upper, upper + lower, upper - lower, -lower, row + c, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Quad<T> a, Quad<T> b, Quad<T> c, Quad<T> d, T* at, nint stride)
    {
        a.Store(at, stride);
        b.Store(at + (Side * stride), stride);
        c.Store(at + (2 * Side * stride), stride);
        d.Store(at + (3 * Side * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(T* at, nint stride, out Quad<T> a, out Quad<T> b, out Quad<T> c, out Quad<T> d)
    {
        a = Quad<T>.Load(at, stride);
        b = Quad<T>.Load(at + (Side * stride), stride);
        c = Quad<T>.Load(at + (2 * Side * stride), stride);
        d = Quad<T>.Load(at + (3 * Side * stride), stride);
    }
}
