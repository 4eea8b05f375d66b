using System.Text.Encodings.Web;
using System.Text.Json;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>The JSON object at the start of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    /// <summary>The limit that the format's reference implementation sets as well.</summary>
    public const int MaximumBytes = 100_000_000;

    /// <summary>The header's length is a multiple of this, so that the first tensor lies on an even address.</summary>
    private const int Alignment = 8;

    public static int SizeOf(SafetensorsElementType elementType) => elementType switch
    {
        SafetensorsElementType.F32 => sizeof(float),
        SafetensorsElementType.U8 => sizeof(byte),
        SafetensorsElementType.F64 or SafetensorsElementType.I64 => sizeof(long),
        _ => throw new ArgumentOutOfRangeException(nameof(elementType), elementType, "Expected F32, F64, I64 or U8."),
    };

    /// <summary>Null for a shape that has a negative dimension or more bytes than a file can have.</summary>
    public static long? ByteLength(SafetensorsElementType elementType, IEnumerable<long> shape)
    {
        UInt128 length = (UInt128)SizeOf(elementType);
        foreach (long dimension in shape)
        {
            if (dimension < 0 || length > long.MaxValue)
                return null;
            length *= (UInt128)dimension;
        }

        return length > long.MaxValue ? null : (long)length;
    }

    /// <summary>The header padded with spaces, without the eight bytes of its length.</summary>
    public static byte[] Write(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (SafetensorsTensor tensor in tensors)
            {
                WriteTensor(json, tensor, offset);
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        // In a fixed order, so that the same content is the same bytes.
        json.WriteStartObject(MetadataName);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.ElementType.ToString());
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
