using System.Text;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Png;

public sealed class PngDecoderFaultTests
{
    private static readonly byte[] Header = PngEncoder.Header(2, 2, 8, 0);
    private static readonly byte[] Rows = [0, 1, 2, 0, 3, 4];
    private static readonly byte[] Data = PngEncoder.Data(Rows);
    private static readonly byte[] End = PngEncoder.End();

    public static TheoryData<string, byte[], string> Faults() => new()
    {
        { "empty", [], "found no bytes" },
        { "text", Encoding.ASCII.GetBytes("<html>not here</html>"), "first bytes 3c68746d6c3e6e6f" },
        { "signature only", PngEncoder.File(), "the end of the file" },
        { "no header", PngEncoder.File(Data, End), "IDAT as the first chunk" },
        { "short header", PngEncoder.File(PngEncoder.Chunk("IHDR", 1, 2, 3), Data, End), "an IHDR chunk of 3 bytes" },
        { "two headers", PngEncoder.File(Header, Header, Data, End), "the chunk IHDR" },
        { "no width", PngEncoder.File(PngEncoder.Header(0, 2, 8, 0), Data, End), "0 × 2 pixels" },
        { "bomb", PngEncoder.File(PngEncoder.Header(2, 4_000_000_000, 8, 0), Data, End), "2 × 4000000000 pixels" },
        { "depth", PngEncoder.File(PngEncoder.Header(2, 2, 3, 0), Data, End), "colour type 0 with bit depth 3" },
        { "colour", PngEncoder.File(PngEncoder.Header(2, 2, 8, 5), Data, End), "colour type 5 with bit depth 8" },
        { "compression", PngEncoder.File(PngEncoder.Header(2, 2, 8, 0, compression: 1), Data, End), "compression method 1" },
        { "interlaced", PngEncoder.File(PngEncoder.Header(2, 2, 8, 0, interlace: 1), Data, End), "an interlaced picture (Adam7)" },
        { "no data", PngEncoder.File(Header, End), "no IDAT chunk" },
        { "no end", PngEncoder.File(Header, Data), "the end of the file" },
        { "after the end", [.. PngEncoder.File(Header, Data, End), 1, 2], "2 bytes in or after the IEND chunk" },
        { "parted data", PngEncoder.File(Header, Data, PngEncoder.Chunk("tEXt"), Data, End), "IDAT chunks with others between" },
        { "unknown critical", PngEncoder.File(Header, PngEncoder.Chunk("ABCD"), Data, End), "the chunk ABCD" },
        { "odd type", PngEncoder.File(Header, PngEncoder.Chunk("A\0CD"), Data, End), "the chunk type 0x41004344" },
        { "palette in grey", PngEncoder.File(Header, PngEncoder.Chunk("PLTE", 1, 2, 3), Data, End), "a PLTE chunk of 3 bytes" },
        { "no palette", PngEncoder.File(PngEncoder.Header(2, 2, 8, 3), Data, End), "no PLTE chunk" },
        { "colour outside", PngEncoder.File(PngEncoder.Header(2, 2, 8, 3), PngEncoder.Chunk("PLTE", 1, 2, 3), Data, End), "colour 1 in" },
        { "not zlib", PngEncoder.File(Header, PngEncoder.Chunk("IDAT", 1, 2, 3, 4), End), "no zlib stream" },
        { "too few rows", PngEncoder.File(Header, PngEncoder.Data(Rows[..5]), End), "5 bytes of picture data" },
        { "too many rows", PngEncoder.File(Header, PngEncoder.Data([.. Rows, 1]), End), "more than 6 bytes" },
        { "expanding data", PngEncoder.File(Header, PngEncoder.Data(new byte[1 << 24]), End), "more than 6 bytes" },
        { "filter", PngEncoder.File(Header, PngEncoder.Data([0, 1, 2, 5, 3, 4]), End), "filter type 5 in row 1" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Decode_Fault_NamesTheFileAndWhatWasFound(string fault, byte[] file, string found)
    {
        var exception = Should.Throw<DataSetException>(() => PngDecoder.Decode(file, "a/b.png"), fault);

        exception.Message.ShouldStartWith("a/b.png: found ");
        exception.Message.ShouldContain(found);
        exception.Message.ShouldContain(", expected ");
    }

    [Fact]
    public void Decode_AlteredChunk_NamesTheChunk()
    {
        byte[] file = PngEncoder.File(Header, Data, End);
        file[8 + Header.Length + 10] ^= 1;

        Should.Throw<DataSetException>(() => PngDecoder.Decode(file, "x.png")).Message.ShouldContain("the chunk IDAT with CRC");
    }

    [Fact]
    public void Decode_TruncatedAnywhere_IsRefused()
    {
        byte[] file = PngEncoder.File(Header, Data, End);
        for (int length = 0; length < file.Length; length++)
            Should.Throw<DataSetException>(() => PngDecoder.Decode(file.AsSpan(0, length), "x.png"), $"cut to {length} bytes");
    }
}
