using System.IO.Compression;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Reads PNG pictures of every colour type and bit depth as 8-bit grey. Strict: wrong checksums, missing or surplus data and
/// interlacing are faults. Memory is bounded by <see cref="PngHeader.MaximumSide"/>, whatever the compressed data expands to.
/// </summary>
internal static class PngDecoder
{
    /// <summary>Decodes a whole file; <paramref name="file"/> names it in messages.</summary>
    /// <exception cref="DataSetException">The bytes are not a picture that this decoder reads.</exception>
    public static GreyImage Decode(ReadOnlySpan<byte> bytes, string file)
    {
        PngContent content = PngContent.Parse(bytes, file);
        PngHeader header = content.Header;
        byte[] rows = Inflate(content, file);

        var pixels = new byte[header.Width * header.Height];
        var grey = new PngGreyRow(content, file);
        int stride = header.RowBytes + 1;
        ReadOnlySpan<byte> above = new byte[header.RowBytes];
        for (int y = 0; y < header.Height; y++)
        {
            byte filter = rows[y * stride];
            if (filter > PngFilter.Last)
                throw PngFault.Of(file, $"filter type {filter} in row {y}", $"0 to {PngFilter.Last}");

            Span<byte> row = rows.AsSpan((y * stride) + 1, header.RowBytes);
            PngFilter.Undo(filter, row, above, header.FilterDistance);
            grey.Convert(row, pixels.AsSpan(y * header.Width, header.Width));
            above = row;
        }

        return new GreyImage(header.Height, header.Width, pixels);
    }

    private static byte[] Inflate(PngContent content, string file)
    {
        PngHeader header = content.Header;
        var rows = new byte[header.Height * (header.RowBytes + 1)];
        try
        {
            using var compressed = new MemoryStream(content.Compressed.ToArray());
            using var stream = new ZLibStream(compressed, CompressionMode.Decompress);
            int read = stream.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            if (read < rows.Length)
                throw PngFault.Of(file, $"{read} bytes of picture data", $"{rows.Length}");
            if (stream.ReadByte() >= 0)
                throw PngFault.Of(file, $"more than {rows.Length} bytes of picture data", "exactly that many");
        }
        catch (InvalidDataException e)
        {
            throw PngFault.Of(file, "picture data that are no zlib stream", "one", e);
        }

        return rows;
    }
}
