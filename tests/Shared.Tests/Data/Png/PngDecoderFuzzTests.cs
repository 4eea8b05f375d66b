using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Png;

public sealed class PngDecoderFuzzTests
{
    private const int Rounds = 3_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Decode_FlippedBits_GivesAPictureOrADataSetException(int seed)
    {
        var random = new Random(seed);
        byte[] original = PngEncoder.Picture(
            4, 5, 2, PngColourType.Palette, new int[20], 4, PngEncoder.Chunk("PLTE", new byte[12]), PngEncoder.Chunk("tRNS", 1, 2));
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] file = [.. original];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            refused += Refuses(file, seed, round) ? 1 : 0;
        }

        // Two flips of the same bit leave the file as it was, once in 2,400.
        refused.ShouldBeGreaterThan(Rounds - 15, $"every bit lies under the signature or a checksum, seed {seed}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Decode_RandomContentUnderRightChecksums_GivesAPictureOrADataSetException(int seed)
    {
        var random = new Random(seed);
        int[] types = [0, 2, 3, 4, 6, 1];
        int[] depths = [1, 2, 4, 8, 16, 3];
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var header = new PngHeader(
                random.Next(1, 4), random.Next(1, 4), depths[random.Next(6)], (PngColourType)types[random.Next(6)]);
            byte[] rows = new byte[random.Next(4) == 0 ? random.Next(60) : header.Height * (header.RowBytes + 1)];
            random.NextBytes(rows);
            for (int i = 0; i < rows.Length; i++)
                rows[i] %= (byte)random.Next(1, 9);
            byte[] palette = new byte[random.Next(13)];
            byte[] file = PngEncoder.File(
                PngEncoder.Header((uint)header.Width, (uint)header.Height, header.BitDepth, (int)header.ColourType),
                random.Next(2) == 0 ? [] : PngEncoder.Chunk("PLTE", palette),
                random.Next(2) == 0 ? [] : PngEncoder.Chunk("tRNS", new byte[random.Next(7)]),
                PngEncoder.Data(rows),
                PngEncoder.End());
            accepted += Refuses(file, seed, round) ? 0 : 1;
        }

        accepted.ShouldBeGreaterThan(50, $"some must be pictures, or nothing behind the first check was reached; seed {seed}");
    }

    private static bool Refuses(byte[] file, int seed, int round)
    {
        try
        {
            PngDecoder.Decode(file, "x.png");
            return false;
        }
        catch (DataSetException)
        {
            return true;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, round {round}: {Convert.ToHexString(file)}", e);
        }
    }
}
