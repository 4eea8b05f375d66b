using System.Numerics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>
/// One task's images, [N, H, W, C], as tiles: each is 2×2 pixels of a convolution's output, and the 4×4 pixels of its input that they
/// depend on. At the edges both reach beyond the image.
/// </summary>
/// <param name="Examples">N.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
internal readonly record struct TileGrid(int Examples, int Height, int Width)
{
    /// <summary>Tiles in all images.</summary>
    public int Count => Examples * Down * Across;

    private int Down => (Height + 1) / 2;

    private int Across => (Width + 1) / 2;

    /// <summary>Finds the 16 pixels of a tile's input, row by row.</summary>
    /// <param name="tile">Which.</param>
    /// <param name="images">The images.</param>
    /// <param name="channels">Numbers in a pixel.</param>
    /// <param name="outside">Stands for every pixel that is in no image.</param>
    /// <param name="pixels">Where they are.</param>
    public unsafe void FindInputs<T>(int tile, T* images, int channels, T* outside, T** pixels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Find(tile, side: 4, margin: 1, images, channels, outside, pixels);

    /// <summary>Finds the 4 pixels of a tile's output, row by row.</summary>
    public unsafe void FindOutputs<T>(int tile, T* images, int channels, T* outside, T** pixels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Find(tile, side: 2, margin: 0, images, channels, outside, pixels);

    private unsafe void Find<T>(int tile, int side, int margin, T* images, int channels, T* outside, T** pixels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int row, int across) = Math.DivRem(tile, Across);
        (int example, int down) = Math.DivRem(row, Down);
        int top = (2 * down) - margin, left = (2 * across) - margin;
        T* image = images + ((nint)example * Height * Width * channels);
        for (int y = top; y < top + side; y++)
        {
            bool isInside = (uint)y < (uint)Height;
            for (int x = left; x < left + side; x++)
                *pixels++ = isInside && (uint)x < (uint)Width ? image + ((((nint)y * Width) + x) * channels) : outside;
        }
    }
}
