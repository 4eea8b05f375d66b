using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Cli.Benchmarks.Data;

/// <summary>Writes grey pictures as PNG (ISO/IEC 15948): 8 bits a pixel, each row as its difference to the one above.</summary>
internal static class GreyPng
{
    private const byte BitsPerPixel = 8;
    private const byte DifferenceToRowAbove = 2;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture as a file.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Row by row; 0 is black.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = BitsPerPixel;

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(width, height, pixels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            byte[] row = new byte[width];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++) row[x] = (byte)(pixels[(y * width) + x] - (y > 0 ? pixels[((y - 1) * width) + x] : 0));
                zlib.WriteByte(DifferenceToRowAbove);
                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Compute(content));
        file.Write(number);
    }
}
