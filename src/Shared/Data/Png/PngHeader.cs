using System.Buffers.Binary;

namespace Maml.Cluster.Shared.Data;

/// <summary>The IHDR chunk: size and kind of a picture.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColourType ColourType)
{
    public const int Length = 13;

    /// <summary>Pictures of this project have at most a few hundred pixels a side; more is taken for a decompression bomb.</summary>
    public const int MaximumSide = 2048;

    public int Channels => ColourType switch
    {
        PngColourType.Rgb => 3,
        PngColourType.GreyAlpha => 2,
        PngColourType.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes of a row without the byte that names its filter.</summary>
    public int RowBytes => ((Width * Channels * BitDepth) + 7) / 8;

    /// <summary>How far back the filters look for the pixel to the left.</summary>
    public int FilterDistance => Math.Max(1, Channels * BitDepth / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> data, string file)
    {
        if (data.Length != Length)
            throw PngFault.Of(file, $"an IHDR chunk of {data.Length} bytes", $"{Length}");

        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > MaximumSide || height is 0 or > MaximumSide)
            throw PngFault.Of(file, $"a picture of {width} × {height} pixels", $"1 to {MaximumSide} pixels a side");
        if (data[10] != 0 || data[11] != 0)
            throw PngFault.Of(file, $"compression method {data[10]} and filter method {data[11]}", "0 and 0");
        if (data[12] == 1)
            throw PngFault.Of(file, "an interlaced picture (Adam7)", "one that is not interlaced");
        if (data[12] != 0)
            throw PngFault.Of(file, $"interlace method {data[12]}", "0");

        RefuseUnknownKind(data[8], data[9], file);
        return new PngHeader((int)width, (int)height, data[8], (PngColourType)data[9]);
    }

    private static void RefuseUnknownKind(int bitDepth, byte colourType, string file)
    {
        bool known = (PngColourType)colourType switch
        {
            PngColourType.Grey => bitDepth is 1 or 2 or 4 or 8 or 16,
            PngColourType.Palette => bitDepth is 1 or 2 or 4 or 8,
            PngColourType.Rgb or PngColourType.GreyAlpha or PngColourType.Rgba => bitDepth is 8 or 16,
            _ => false,
        };
        if (!known)
        {
            throw PngFault.Of(
                file,
                $"colour type {colourType} with bit depth {bitDepth}",
                "type 0 (1, 2, 4, 8 or 16 bits), 3 (1, 2, 4 or 8 bits), or 2, 4 or 6 (8 or 16 bits)");
        }
    }
}
