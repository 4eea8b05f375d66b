using System.Buffers.Binary;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>
/// An ordered list of named tensors with string metadata, in the safetensors format: eight bytes of header length (little-endian), a
/// JSON header padded with spaces, then the tensors' bytes without gaps. The order of the tensors is that of their bytes.
/// </summary>
public sealed class SafetensorsFile
{
    private const int LengthBytes = sizeof(ulong);

    private readonly Dictionary<string, SafetensorsTensor> byName = new(StringComparer.Ordinal);

    /// <summary>A file in memory.</summary>
    /// <exception cref="ArgumentException">Two tensors have the same name.</exception>
    public SafetensorsFile(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Tensors = [.. tensors];
        Metadata = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in Tensors)
        {
            if (!byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"Found two tensors named '{tensor.Name}', expected each name once.", nameof(tensors));
        }
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Free text under names; the format allows strings only.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public long ByteLength =>
        LengthBytes + SafetensorsHeader.Write(Tensors, Metadata).Length + Tensors.Sum(tensor => (long)tensor.Data.Length);

    /// <summary>The tensor of this name, or null.</summary>
    public SafetensorsTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads and checks a whole file.</summary>
    /// <exception cref="SafetensorsException">It is not there, cannot be read, or is not a valid file.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SafetensorsException.Of(path, $"that it cannot be read ({e.Message})", "a readable safetensors file", e);
        }
    }

    /// <summary>
    /// Reads and checks the bytes of a whole file; the tensors refer to <paramref name="bytes"/> without a copy.
    /// <paramref name="source"/> names it in messages.
    /// </summary>
    /// <exception cref="SafetensorsException">The bytes are not a valid file.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        if (bytes.Length < LengthBytes)
            throw SafetensorsException.Of(source, $"{bytes.Length} bytes", $"at least the {LengthBytes} of the header's length");

        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (headerBytes > SafetensorsHeader.MaximumBytes)
        {
            throw SafetensorsException.Of(
                source, $"a header of {headerBytes} bytes", $"at most {SafetensorsHeader.MaximumBytes} bytes in a safetensors file");
        }

        if (headerBytes > (ulong)(bytes.Length - LengthBytes))
        {
            throw SafetensorsException.Of(
                source, $"a header of {headerBytes} bytes", $"at most the {bytes.Length - LengthBytes} that the file holds");
        }

        ReadOnlyMemory<byte> data = bytes[(LengthBytes + (int)headerBytes)..];
        var header = new SafetensorsHeaderReader(source);
        header.Read(bytes.Slice(LengthBytes, (int)headerBytes), data.Length);
        IEnumerable<SafetensorsTensor> tensors = header.Entries.Select(entry => new SafetensorsTensor(
            entry.Name, entry.ElementType, entry.Shape, data[(int)entry.Begin..(int)entry.End]));
        return new SafetensorsFile(tensors, header.Metadata);
    }

    /// <summary>Writes the file; the stream stays open. The same content gives the same bytes.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] header = SafetensorsHeader.Write(Tensors, Metadata);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in Tensors)
            stream.Write(tensor.Data.Span);
    }

    /// <summary>
    /// Writes aside, flushes file and folder to the disk, renames: whatever happens meanwhile, <paramref name="path"/> holds its old
    /// content or the new one. Creates missing folders.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void WriteAtomically(string path) => AtomicFile.Write(path, Write);
}
