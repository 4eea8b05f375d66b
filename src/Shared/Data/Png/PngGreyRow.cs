using System.Buffers.Binary;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Turns restored rows into 8-bit grey: colours by the luma of Rec. 601, transparency over white, as drawings are on paper.
/// </summary>
internal sealed class PngGreyRow(PngContent content, string file)
{
    private static readonly byte[] BlackAndWhite = BuildBlackAndWhite();

    private readonly PngHeader header = content.Header;
    private readonly int maximum = (1 << content.Header.BitDepth) - 1;

    // Omniglot's 358 million pixels are of one bit, without a palette: they skip the general way.
    private readonly bool isBlackAndWhite = content.Header is { ColourType: PngColourType.Grey, BitDepth: 1 }
        && content.Transparency.Length == 0;

    public void Convert(ReadOnlySpan<byte> row, Span<byte> grey)
    {
        if (isBlackAndWhite)
        {
            Unpack(row, grey);
            return;
        }

        for (int x = 0; x < grey.Length; x++)
        {
            grey[x] = header.ColourType switch
            {
                PngColourType.Grey => FromGrey(row, x),
                PngColourType.Rgb => FromRgb(row, x),
                PngColourType.Palette => FromPalette(row, x),
                PngColourType.GreyAlpha => OverWhite(Scaled(row, 2 * x), Scaled(row, (2 * x) + 1)),
                _ => OverWhite(Luma(Scaled(row, 4 * x), Scaled(row, (4 * x) + 1), Scaled(row, (4 * x) + 2)), Scaled(row, (4 * x) + 3)),
            };
        }
    }

    private static void Unpack(ReadOnlySpan<byte> row, Span<byte> grey)
    {
        for (int x = 0; x < grey.Length; x += 8)
        {
            ReadOnlySpan<byte> eight = BlackAndWhite.AsSpan(row[x / 8] * 8, Math.Min(8, grey.Length - x));
            eight.CopyTo(grey[x..]);
        }
    }

    // The eight pixels of each byte.
    private static byte[] BuildBlackAndWhite() =>
        [.. Enumerable.Range(0, 256 * 8).Select(i => (i / 8 >> (7 - (i % 8)) & 1) == 1 ? byte.MaxValue : byte.MinValue)];

    private static int Luma(int red, int green, int blue) => ((299 * red) + (587 * green) + (114 * blue) + 500) / 1000;

    private static byte OverWhite(int grey, int alpha) => (byte)(((grey * alpha) + (255 * (255 - alpha)) + 127) / 255);

    private byte FromGrey(ReadOnlySpan<byte> row, int x) =>
        content.Transparency.Length > 0 && Sample(row, x) == Key(0) ? byte.MaxValue : (byte)Scaled(row, x);

    private byte FromRgb(ReadOnlySpan<byte> row, int x)
    {
        bool transparent = content.Transparency.Length > 0
            && Sample(row, 3 * x) == Key(0) && Sample(row, (3 * x) + 1) == Key(1) && Sample(row, (3 * x) + 2) == Key(2);
        return transparent
            ? byte.MaxValue
            : (byte)Luma(Scaled(row, 3 * x), Scaled(row, (3 * x) + 1), Scaled(row, (3 * x) + 2));
    }

    private byte FromPalette(ReadOnlySpan<byte> row, int x)
    {
        int index = Sample(row, x);
        byte[] palette = content.Palette;
        if (index >= palette.Length / 3)
            throw PngFault.Of(file, $"colour {index} in the picture", $"one of the {palette.Length / 3} of its palette");

        int alpha = index < content.Transparency.Length ? content.Transparency[index] : 255;
        return OverWhite(Luma(palette[3 * index], palette[(3 * index) + 1], palette[(3 * index) + 2]), alpha);
    }

    private int Key(int channel) => BinaryPrimitives.ReadUInt16BigEndian(content.Transparency.AsSpan(2 * channel)) & maximum;

    private int Scaled(ReadOnlySpan<byte> row, int index) => ((Sample(row, index) * 255) + (maximum / 2)) / maximum;

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (header.BitDepth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);

        int bit = index * header.BitDepth;
        return (row[bit / 8] >> (8 - header.BitDepth - (bit % 8))) & maximum;
    }
}
