using System.Buffers.Binary;
using System.Text;

namespace Maml.Cluster.Shared.Data;

/// <summary>Walks the chunks of a file, and refuses one that is torn or altered.</summary>
internal ref struct PngChunkReader
{
    private const int Overhead = 12;

    private readonly string file;
    private ReadOnlySpan<byte> rest;

    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    public PngChunkReader(ReadOnlySpan<byte> bytes, string file)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!bytes.StartsWith(signature))
        {
            string found = bytes.IsEmpty ? "no bytes" : $"first bytes {Convert.ToHexStringLower(bytes[..Math.Min(8, bytes.Length)])}";
            throw PngFault.Of(file, found, "a PNG picture, which begins with 89504e470d0a1a0a");
        }

        this.file = file;
        rest = bytes[signature.Length..];
    }

    /// <summary>Bytes after the last chunk read.</summary>
    public readonly int Remaining => rest.Length;

    public PngChunk Read()
    {
        if (rest.Length < Overhead)
            throw PngFault.Of(file, $"the end of the file after {rest.Length} bytes of a chunk", "chunks up to IEND");

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
            throw PngFault.Of(file, $"a chunk of {length} bytes", $"at most the {rest.Length - Overhead} that the file still has");

        ReadOnlySpan<byte> typeBytes = rest.Slice(4, 4);
        foreach (byte letter in typeBytes)
        {
            if (!char.IsAsciiLetter((char)letter))
                throw PngFault.Of(file, $"the chunk type 0x{Convert.ToHexStringLower(typeBytes)}", "four letters");
        }

        string type = Encoding.ASCII.GetString(typeBytes);
        uint stored = BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]);
        uint computed = PngChecksum.Compute(rest.Slice(4, (int)length + 4));
        if (computed != stored)
            throw PngFault.Of(file, $"the chunk {type} with CRC {computed:x8}", $"{stored:x8} as stored with it");

        var chunk = new PngChunk(type, rest.Slice(8, (int)length));
        rest = rest[((int)length + Overhead)..];
        return chunk;
    }
}
