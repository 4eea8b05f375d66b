using System.Buffers.Binary;
using System.Text;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Everything about a data set but its pixels, and its one canonical form as bytes: magic, version (uint32), length of the rest
/// (uint32), then name, class count, class names, examples per class, height and width, all little-endian.
/// </summary>
internal sealed record ImageDataSetHeader(
    string Name, IReadOnlyList<string> ClassNames, int ExamplesPerClass, int Height, int Width)
{
    public const int PrefixLength = 16;
    public const int Version = 1;

    /// <summary>More than any data set of this project; a length that a hostile stream claims is refused above it.</summary>
    public const long MaximumPixelBytes = 1L << 30;

    public const int MaximumHeaderBytes = 1 << 24;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> Magic => "MAMLIMGS"u8;

    public long PixelBytes => checked((long)ClassNames.Count * ExamplesPerClass * Height * Width);

    /// <summary>What is wrong with the counts and sizes, or null.</summary>
    public string? Fault()
    {
        if (ClassNames.Count < 1 || ExamplesPerClass < 1 || Height < 1 || Width < 1)
            return $"{this}, where every count and size must be at least 1";

        // In floating point, since the product of four hostile integers does not fit in a long.
        double bytes = (double)ClassNames.Count * ExamplesPerClass * Height * Width;
        return bytes > MaximumPixelBytes ? $"{this}, which is more than {MaximumPixelBytes} pixels" : null;
    }

    public byte[] ToBytes()
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body, Utf8);
        writer.Write(Name);
        writer.Write(ClassNames.Count);
        foreach (string className in ClassNames)
            writer.Write(className);
        writer.Write(ExamplesPerClass);
        writer.Write(Height);
        writer.Write(Width);
        writer.Flush();

        var bytes = new byte[PrefixLength + body.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)body.Length);
        body.GetBuffer().AsSpan(0, (int)body.Length).CopyTo(bytes.AsSpan(PrefixLength));
        return bytes;
    }

    /// <summary>Reads what follows the prefix.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a header; the message says what was found.</exception>
    public static ImageDataSetHeader Parse(byte[] body)
    {
        using var stream = new MemoryStream(body);
        using var reader = new BinaryReader(stream, Utf8);
        try
        {
            string name = reader.ReadString();
            int classes = reader.ReadInt32();
            if (classes < 0 || classes > body.Length)
                throw new InvalidDataException($"a header that claims {classes} classes in {body.Length} bytes");

            var classNames = new string[classes];
            for (int i = 0; i < classes; i++)
                classNames[i] = reader.ReadString();
            var header = new ImageDataSetHeader(name, classNames, reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            if (stream.Position != stream.Length)
                throw new InvalidDataException($"{stream.Length - stream.Position} bytes too many in the header");
            return header.Fault() is { } fault ? throw new InvalidDataException(fault) : header;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or IOException or ArgumentException)
        {
            throw new InvalidDataException("a header that ends early or is not text where text belongs", e);
        }
    }

    public override string ToString() =>
        $"{ClassNames.Count} classes of {ExamplesPerClass} examples of {Height} × {Width} pixels";
}
