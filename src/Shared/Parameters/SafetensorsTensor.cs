using System.Buffers.Binary;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>One named tensor of a safetensors file, row-major. An empty shape is a scalar.</summary>
public sealed class SafetensorsTensor
{
    /// <summary>Takes <paramref name="data"/>, little-endian elements, without a copy; the caller leaves it as it is.</summary>
    /// <exception cref="ArgumentException">
    /// The name is empty or the format's own <c>__metadata__</c>, a dimension is negative, or the data have not the length that type
    /// and shape ask for.
    /// </exception>
    public SafetensorsTensor(string name, SafetensorsElementType elementType, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name == SafetensorsHeader.MetadataName)
            throw new ArgumentException($"Found a tensor named '{name}', expected any other name: the format keeps it.", nameof(name));

        if (SafetensorsHeader.ByteLength(elementType, shape) is not { } expected || expected != data.Length)
        {
            throw new ArgumentException(
                $"Tensor '{name}': found {data.Length} bytes, expected what {elementType} [{string.Join(", ", shape)}] takes.",
                nameof(data));
        }

        Name = name;
        ElementType = elementType;
        Shape = [.. shape];
        Data = data;
    }

    /// <summary>Such as <c>blocks.0.conv.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The type of every element.</summary>
    public SafetensorsElementType ElementType { get; }

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements as they are in the file.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>A tensor of float32.</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static SafetensorsTensor FromSingles(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var data = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        return new SafetensorsTensor(name, SafetensorsElementType.F32, shape, data);
    }

    /// <summary>A tensor of float64.</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static SafetensorsTensor FromDoubles(string name, IReadOnlyList<long> shape, ReadOnlySpan<double> values)
    {
        var data = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(i * sizeof(double)), values[i]);
        return new SafetensorsTensor(name, SafetensorsElementType.F64, shape, data);
    }

    /// <summary>A tensor of signed 64-bit integers.</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static SafetensorsTensor FromInt64s(string name, IReadOnlyList<long> shape, ReadOnlySpan<long> values)
    {
        var data = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * sizeof(long)), values[i]);
        return new SafetensorsTensor(name, SafetensorsElementType.I64, shape, data);
    }

    /// <summary>The elements of an <see cref="SafetensorsElementType.F32"/> tensor, as a copy.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public float[] ToSingles() => Read(SafetensorsElementType.F32, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian);

    /// <summary>The elements of an <see cref="SafetensorsElementType.F64"/> tensor, as a copy.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public double[] ToDoubles() => Read(SafetensorsElementType.F64, sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian);

    /// <summary>The elements of an <see cref="SafetensorsElementType.I64"/> tensor, as a copy.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public long[] ToInt64s() => Read(SafetensorsElementType.I64, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian);

    private T[] Read<T>(SafetensorsElementType expected, int size, Func<ReadOnlySpan<byte>, T> read)
    {
        if (ElementType != expected)
            throw new InvalidOperationException($"Tensor '{Name}': found elements of type {ElementType}, expected {expected}.");

        var values = new T[Data.Length / size];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(Data.Span.Slice(i * size, size));
        return values;
    }
}
