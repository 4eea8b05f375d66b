using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number whose type takes part in libtorch's type promotion: a real one, an integer or a boolean.</summary>
public sealed class Scalar
{
    internal Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    internal ScalarValue Value { get; }

    public static implicit operator Scalar(bool value) => new(value, torch.ScalarType.Bool);

    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int16);

    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);
}
