using System.Text.Json;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Reads the header strictly: what the format does not allow, or allows twice, is a fault that names file and tensor.</summary>
internal sealed class SafetensorsHeaderReader(string file)
{
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> entries = [];

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>In the order of their data, which is checked to have neither holes nor overlaps.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; private set; } = [];

    public void Read(ReadOnlyMemory<byte> json, long dataBytes)
    {
        if (json.Length == 0 || json.Span[0] != (byte)'{')
            throw Fault("a header that does not begin with '{'", "a JSON object");

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            ReadObject(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a string is found only when the string is read, as an invalid operation.
            throw SafetensorsException.Of(file, $"a header that is not JSON ({e.Message})", "a JSON object in UTF-8", e);
        }

        // Tensors without elements share their offset with the next one; the stable sort leaves those as the header has them.
        Entries = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        CheckOffsets(dataBytes);
    }

    private void ReadObject(JsonElement root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw Fault($"two tensors named '{property.Name}'", "each name once");
            if (property.Name.Length == 0)
                throw Fault("a tensor without a name", "a name");
            if (property.Name == SafetensorsHeader.MetadataName)
                ReadMetadata(property.Value);
            else
                entries.Add(new SafetensorsEntryReader(file, property.Name).Read(property.Value));
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault($"{SafetensorsHeader.MetadataName} of kind {element.ValueKind}", "an object of strings");

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Fault($"metadata '{property.Name}' of kind {property.Value.ValueKind}", "a string");
            if (!metadata.TryAdd(property.Name, property.Value.GetString()!))
                throw Fault($"metadata '{property.Name}' twice", "each name once");
        }
    }

    private void CheckOffsets(long dataBytes)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in Entries)
        {
            if (entry.Begin < end)
                throw Fault($"tensor '{entry.Name}' at offset {entry.Begin}, which overlaps the one before it", $"offset {end}");
            if (entry.Begin > end)
                throw Fault($"tensor '{entry.Name}' at offset {entry.Begin}, which leaves a hole before it", $"offset {end}");
            if (entry.End > dataBytes)
                throw Fault($"tensor '{entry.Name}' up to offset {entry.End}", $"at most the {dataBytes} bytes that the file holds");
            end = entry.End;
        }

        if (end != dataBytes)
            throw Fault($"{dataBytes - end} bytes after the last tensor", "none");
    }

    private SafetensorsException Fault(string found, string expected) => SafetensorsException.Of(file, found, expected);
}
