using System.Text.Json;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Reads what the header says of one tensor.</summary>
internal sealed class SafetensorsEntryReader(string file, string name)
{
    public SafetensorsEntry Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault($"a {element.ValueKind}", "an object with dtype, shape and data_offsets");

        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name is not ("dtype" or "shape" or "data_offsets"))
                throw Fault($"a field '{property.Name}'", "dtype, shape and data_offsets only");
            if (!properties.TryAdd(property.Name, property.Value))
                throw Fault($"{property.Name} twice", "each field once");
        }

        SafetensorsElementType elementType = ReadElementType(Field(properties, "dtype"));
        long[] shape = ReadNumbers(Field(properties, "shape"), "shape");
        long[] offsets = ReadNumbers(Field(properties, "data_offsets"), "data_offsets");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw Fault($"data_offsets [{string.Join(", ", offsets)}]", "a begin and an end that is not before it");

        long? expected = SafetensorsHeader.ByteLength(elementType, shape);
        if (expected != offsets[1] - offsets[0])
        {
            throw Fault(
                $"{offsets[1] - offsets[0]} bytes for {elementType} [{string.Join(", ", shape)}]",
                expected is null ? "a shape that fits in a file" : $"{expected}");
        }

        return new SafetensorsEntry(name, elementType, shape, offsets[0], offsets[1]);
    }

    private JsonElement Field(Dictionary<string, JsonElement> properties, string field) =>
        properties.TryGetValue(field, out JsonElement value) ? value : throw Fault($"no {field}", "one");

    private SafetensorsElementType ReadElementType(JsonElement element)
    {
        string found = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
        foreach (SafetensorsElementType known in Enum.GetValues<SafetensorsElementType>())
        {
            if (known.ToString() == found)
                return known;
        }

        throw Fault($"dtype {found}", string.Join(", ", Enum.GetNames<SafetensorsElementType>()));
    }

    private long[] ReadNumbers(JsonElement element, string field)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Fault($"{field} of kind {element.ValueKind}", "an array of numbers");

        var numbers = new List<long>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number) || number < 0)
                throw Fault($"{item.GetRawText()} in {field}", "whole numbers that are not negative");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private SafetensorsException Fault(string found, string expected) =>
        SafetensorsException.Of($"{file}, tensor '{name}'", found, expected);
}
