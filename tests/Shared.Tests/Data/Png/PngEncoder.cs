using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Png;

/// <summary>
/// Writes PNG files from raw samples, right ones and, with its parts, wrong ones. Its CRC is computed bit by bit and its filters are
/// written from the specification, so that it shares no code with the decoder.
/// </summary>
internal static class PngEncoder
{
    private static readonly byte[] Signature = [137, 80, 78, 71, 13, 10, 26, 10];

    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Chunk(string type, params byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. body, .. BigEndian(Crc(body))];
    }

    public static byte[] Header(uint width, uint height, int depth, int colourType, byte compression = 0, byte interlace = 0) =>
        Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), (byte)depth, (byte)colourType, compression, 0, interlace]);

    public static byte[] Data(byte[] rows) => Chunk("IDAT", Compress(rows));

    public static byte[] End() => Chunk("IEND");

    public static byte[] Compress(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest))
            zlib.Write(data);
        return stream.ToArray();
    }

    /// <summary>A plain grey picture of 8 bits.</summary>
    public static byte[] Grey(int height, int width, byte[] pixels) => Picture(
        height, width, 8, PngColourType.Grey, [.. pixels.Select(p => (int)p)], filter: 0);

    /// <summary>Any picture; samples as [row, column, channel], extra chunks between header and data.</summary>
    public static byte[] Picture(
        int height, int width, int depth, PngColourType colourType, int[] samples, int filter, params byte[][] extra)
    {
        byte[] header = Header((uint)width, (uint)height, depth, (int)colourType);
        return File([header, .. extra, Data(Rows(height, depth, colourType, samples, filter)), End()]);
    }

    private static byte[] Rows(int height, int depth, PngColourType colourType, int[] samples, int filter)
    {
        int channels = colourType switch { PngColourType.Rgb => 3, PngColourType.GreyAlpha => 2, PngColourType.Rgba => 4, _ => 1 };
        int distance = Math.Max(1, channels * depth / 8);
        int perRow = samples.Length / height;
        var rows = new List<byte>();
        var above = new byte[((perRow * depth) + 7) / 8];
        for (int y = 0; y < height; y++)
        {
            byte[] row = Pack(samples.AsSpan(y * perRow, perRow), depth);
            rows.Add((byte)filter);
            for (int i = 0; i < row.Length; i++)
            {
                int a = i >= distance ? row[i - distance] : 0;
                int b = above[i];
                int c = i >= distance ? above[i - distance] : 0;
                rows.Add((byte)(row[i] - Predict(filter, a, b, c)));
            }

            above = row;
        }

        return [.. rows];
    }

    private static int Predict(int filter, int a, int b, int c)
    {
        if (filter != 4)
            return filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, _ => 0 };

        // The nearest of the three to a + b − c; the first in the order a, b, c on a tie.
        return new[] { a, b, c }.MinBy(candidate => Math.Abs(a + b - c - candidate));
    }

    private static byte[] Pack(ReadOnlySpan<int> samples, int depth)
    {
        var bits = new StringBuilder();
        foreach (int sample in samples)
            bits.Append(Convert.ToString(sample, 2).PadLeft(depth, '0'));
        while (bits.Length % 8 != 0)
            bits.Append('0');
        string text = bits.ToString();
        return [.. Enumerable.Range(0, text.Length / 8).Select(i => Convert.ToByte(text.Substring(i * 8, 8), 2))];
    }

    private static uint Crc(byte[] data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
