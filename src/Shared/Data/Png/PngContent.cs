using System.Buffers;

namespace Maml.Cluster.Shared.Data;

/// <summary>What the chunks of one file hold, in the order that the format allows.</summary>
internal sealed class PngContent
{
    private readonly ArrayBufferWriter<byte> compressed = new();
    private bool dataEnded;

    private PngContent(PngHeader header) => Header = header;

    public PngHeader Header { get; }

    /// <summary>Three bytes a colour; empty without a PLTE chunk.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The tRNS chunk; empty without one.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>The zlib stream: all IDAT chunks together.</summary>
    public ReadOnlyMemory<byte> Compressed => compressed.WrittenMemory;

    public static PngContent Parse(ReadOnlySpan<byte> bytes, string file)
    {
        var reader = new PngChunkReader(bytes, file);
        PngChunk chunk = reader.Read();
        if (chunk.Type != "IHDR")
            throw PngFault.Of(file, $"{chunk.Type} as the first chunk", "IHDR");

        var content = new PngContent(PngHeader.Parse(chunk.Data, file));
        for (chunk = reader.Read(); chunk.Type != "IEND"; chunk = reader.Read())
            content.Add(chunk, file);

        if (reader.Remaining > 0 || chunk.Data.Length > 0)
            throw PngFault.Of(file, $"{reader.Remaining + chunk.Data.Length} bytes in or after the IEND chunk", "none");
        if (content.compressed.WrittenCount == 0)
            throw PngFault.Of(file, "no IDAT chunk", "at least one");
        if (content.Header.ColourType == PngColourType.Palette && content.Palette.Length == 0)
            throw PngFault.Of(file, "no PLTE chunk", "one, since the picture has a palette");
        return content;
    }

    private void Add(PngChunk chunk, string file)
    {
        dataEnded |= compressed.WrittenCount > 0 && chunk.Type != "IDAT";
        switch (chunk.Type)
        {
            case "IDAT" when dataEnded:
                throw PngFault.Of(file, "IDAT chunks with others between them", "all in a row");
            case "IDAT":
                compressed.Write(chunk.Data);
                break;
            case "PLTE" or "tRNS" when dataEnded:
                throw PngFault.Of(file, $"{chunk.Type} after the picture's data", "it before them");
            case "PLTE":
                SetPalette(chunk.Data, file);
                break;
            case "tRNS":
                SetTransparency(chunk.Data, file);
                break;
            default:
                if (chunk.IsCritical)
                    throw PngFault.Of(file, $"the chunk {chunk.Type}", "IHDR first and once, then PLTE, IDAT and IEND");
                break;
        }
    }

    private void SetPalette(ReadOnlySpan<byte> data, string file)
    {
        int most = Header.ColourType == PngColourType.Palette ? 3 << Header.BitDepth : 3 * 256;
        bool forbidden = Header.ColourType is PngColourType.Grey or PngColourType.GreyAlpha;
        if (forbidden || Palette.Length > 0 || data.IsEmpty || data.Length % 3 != 0 || data.Length > most)
        {
            throw PngFault.Of(
                file,
                $"a PLTE chunk of {data.Length} bytes in a picture of type {Header.ColourType}",
                $"one, of three bytes a colour, {most} bytes at most, and none for grey");
        }

        Palette = data.ToArray();
    }

    private void SetTransparency(ReadOnlySpan<byte> data, string file)
    {
        bool fits = Header.ColourType switch
        {
            PngColourType.Grey => data.Length == 2,
            PngColourType.Rgb => data.Length == 6,
            PngColourType.Palette => data.Length >= 1 && data.Length <= Palette.Length / 3,
            _ => false,
        };
        if (!fits || Transparency.Length > 0)
        {
            throw PngFault.Of(
                file,
                $"a tRNS chunk of {data.Length} bytes in a picture of type {Header.ColourType}",
                "one at most: 2 bytes for Grey, 6 for Rgb, up to one a colour for Palette");
        }

        Transparency = data.ToArray();
    }
}
