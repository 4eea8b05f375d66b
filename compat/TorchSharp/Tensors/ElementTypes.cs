namespace TorchSharp.Utils;

/// <summary>Which .NET type holds an element of which libtorch type.</summary>
internal static class ElementTypes
{
    public static torch.ScalarType? Find(Type type)
    {
        if (type == typeof(float)) return torch.ScalarType.Float32;
        if (type == typeof(double)) return torch.ScalarType.Float64;
        if (type == typeof(long)) return torch.ScalarType.Int64;
        if (type == typeof(int)) return torch.ScalarType.Int32;
        if (type == typeof(short)) return torch.ScalarType.Int16;
        if (type == typeof(byte)) return torch.ScalarType.Byte;
        if (type == typeof(sbyte)) return torch.ScalarType.Int8;
        if (type == typeof(bool)) return torch.ScalarType.Bool;
        return type == typeof(Half) ? torch.ScalarType.Float16 : null;
    }

    /// <exception cref="ArgumentException">No tensor has elements of this type.</exception>
    public static torch.ScalarType Of(Type type) =>
        Find(type) ?? throw new ArgumentException($"There is no tensor of {type.Name} elements.", nameof(type));

    /// <exception cref="ArgumentException">Elements of the tensor's type are not held by <typeparamref name="T"/>.</exception>
    public static void Demand<T>(torch.ScalarType actual) where T : unmanaged
    {
        if (Find(typeof(T)) != actual) throw new ArgumentException($"The tensor has {actual} elements; they cannot be read as {typeof(T).Name}.");
    }
}
