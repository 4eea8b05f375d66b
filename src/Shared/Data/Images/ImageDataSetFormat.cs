using System.Buffers.Binary;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// A decoded data set as bytes, the same in a cache file and on the wire: header, pixels, and the 32 bytes of
/// <see cref="ImageDataSet.ContentHash"/>, which covers everything before it.
/// </summary>
public static class ImageDataSetFormat
{
    private const int HashBytes = 32;

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public static long LengthOf(ImageDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        return dataSet.Header.ToBytes().Length + dataSet.Pixels.Length + HashBytes;
    }

    /// <summary>Writes <paramref name="dataSet"/>; the stream stays open.</summary>
    public static void Write(ImageDataSet dataSet, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(dataSet.Header.ToBytes());
        stream.Write(dataSet.Pixels);
        stream.Write(Convert.FromHexString(dataSet.ContentHash));
    }

    /// <summary>Reads a whole data set and checks its hash; <paramref name="source"/> names the file or peer in messages.</summary>
    /// <exception cref="DataSetException">The bytes are no data set of this version, are cut short, or were altered.</exception>
    public static ImageDataSet Read(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] prefix = ReadExactly(stream, ImageDataSetHeader.PrefixLength, "prefix", source);
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(8));
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(12));
        if (!prefix.AsSpan(0, 8).SequenceEqual(ImageDataSetHeader.Magic))
            throw Fault(source, "other first bytes", "a decoded data set, which begins with 'MAMLIMGS'");
        if (version != ImageDataSetHeader.Version)
            throw Fault(source, $"format version {version}", $"version {ImageDataSetHeader.Version}");
        if (headerBytes > ImageDataSetHeader.MaximumHeaderBytes)
            throw Fault(source, $"a header of {headerBytes} bytes", $"at most {ImageDataSetHeader.MaximumHeaderBytes}");

        ImageDataSetHeader header = ReadHeader(stream, (int)headerBytes, source);
        byte[] pixels = ReadExactly(stream, (int)header.PixelBytes, "pixels", source);
        string stored = Convert.ToHexStringLower(ReadExactly(stream, HashBytes, "hash", source));
        var dataSet = ImageDataSet.Own(header, pixels);
        return dataSet.ContentHash == stored
            ? dataSet
            : throw Fault(source, $"content with SHA-256 {dataSet.ContentHash}", $"{stored} as written at its end");
    }

    private static ImageDataSetHeader ReadHeader(Stream stream, int length, string source)
    {
        byte[] body = ReadExactly(stream, length, "header", source);
        try
        {
            return ImageDataSetHeader.Parse(body);
        }
        catch (InvalidDataException e)
        {
            throw Fault(source, e.Message, "a complete header");
        }
    }

    private static byte[] ReadExactly(Stream stream, int length, string part, string source)
    {
        // A length from an altered header must not make a short file cost a gigabyte.
        if (stream.CanSeek && stream.Length - stream.Position < length)
            throw Fault(source, $"{stream.Length - stream.Position} bytes of its {part}", $"{length}");

        var bytes = new byte[length];
        int read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length ? bytes : throw Fault(source, $"{read} bytes of its {part}", $"{length}");
    }

    private static DataSetException Fault(string source, string found, string expected) =>
        DataSetException.Of(source, found, expected, "It is torn, altered or not such a file: decode or fetch the data set again.");
}
