using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Png;

public sealed class PngDecoderTests
{
    private const int Height = 7;
    private const int Width = 11;

    public static TheoryData<int, int, int> Kinds()
    {
        var kinds = new TheoryData<int, int, int>();
        foreach (PngColourType colourType in Enum.GetValues<PngColourType>())
        {
            int[] depths = colourType switch
            {
                PngColourType.Grey => [1, 2, 4, 8, 16],
                PngColourType.Palette => [1, 2, 4, 8],
                _ => [8, 16],
            };
            foreach (int depth in depths)
            {
                for (int filter = 0; filter <= 4; filter++)
                    kinds.Add((int)colourType, depth, filter);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_EveryKindAndFilter_GivesTheGreyOfEachPixel(int type, int depth, int filter)
    {
        var colourType = (PngColourType)type;
        int seed = (type * 1000) + (depth * 10) + filter;
        var random = new Random(seed);
        int channels = colourType switch { PngColourType.Rgb => 3, PngColourType.GreyAlpha => 2, PngColourType.Rgba => 4, _ => 1 };
        int maximum = (1 << depth) - 1;
        int[] samples = [.. Enumerable.Range(0, Height * Width * channels).Select(_ => random.Next(maximum + 1))];
        var palette = new byte[3 * (Math.Min(maximum, 255) + 1)];
        random.NextBytes(palette);
        byte[][] extra = colourType == PngColourType.Palette ? [PngEncoder.Chunk("PLTE", palette)] : [];

        GreyImage image = PngDecoder.Decode(PngEncoder.Picture(Height, Width, depth, colourType, samples, filter, extra), "x.png");

        image.Height.ShouldBe(Height);
        image.Width.ShouldBe(Width);
        for (int i = 0; i < Height * Width; i++)
        {
            double[] pixel = colourType == PngColourType.Palette
                ? [.. palette.AsSpan(3 * samples[i], 3).ToArray().Select(channel => channel / 255.0)]
                : [.. samples.AsSpan(i * channels, channels).ToArray().Select(sample => sample / (double)maximum)];
            ((double)image.Pixels[i]).ShouldBe(255 * GreyOf(pixel), tolerance: 1.5, $"pixel {i}, seed {seed}");
        }
    }

    [Fact]
    public void Decode_OneBitPixels_GoesFromTheHighestBit()
    {
        byte[] file = PngEncoder.File(
            PngEncoder.Header(9, 1, 1, 0), PngEncoder.Data([0, 0b1010_0000, 0b1000_0000]), PngEncoder.End());

        PngDecoder.Decode(file, "x.png").Pixels.ShouldBe([255, 0, 255, 0, 0, 0, 0, 0, 255]);
    }

    [Fact]
    public void Decode_SeveralDataChunks_AreOneStream()
    {
        byte[] compressed = PngEncoder.Compress([0, 10, 20, 30]);
        byte[] file = PngEncoder.File(
            PngEncoder.Header(3, 1, 8, 0),
            PngEncoder.Chunk("tEXt", 1, 2, 3),
            PngEncoder.Chunk("IDAT", compressed[..3]),
            PngEncoder.Chunk("IDAT", compressed[3..]),
            PngEncoder.End());

        PngDecoder.Decode(file, "x.png").Pixels.ShouldBe([10, 20, 30]);
    }

    [Fact]
    public void Decode_TransparentGrey_IsWhite()
    {
        byte[] file = PngEncoder.Picture(1, 3, 8, PngColourType.Grey, [7, 8, 7], 0, PngEncoder.Chunk("tRNS", 0, 7));

        PngDecoder.Decode(file, "x.png").Pixels.ShouldBe([255, 8, 255]);
    }

    [Fact]
    public void Decode_TransparentPaletteColour_IsMixedWithWhite()
    {
        byte[] palette = PngEncoder.Chunk("PLTE", 0, 0, 0, 100, 100, 100);
        byte[] file = PngEncoder.Picture(1, 2, 1, PngColourType.Palette, [0, 1], 0, palette, PngEncoder.Chunk("tRNS", 51));

        PngDecoder.Decode(file, "x.png").Pixels.ShouldBe([204, 100]);
    }

    private static double GreyOf(double[] pixel)
    {
        double grey = pixel.Length >= 3 ? (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) : pixel[0];
        double alpha = pixel.Length is 2 or 4 ? pixel[^1] : 1;
        return (grey * alpha) + (1 - alpha);
    }
}
