namespace Maml.Cluster.Shared.Data;

/// <summary>How a pixel is stored; the numbers are those of the IHDR chunk.</summary>
internal enum PngColourType : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
