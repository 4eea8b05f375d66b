using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>A number as the native library takes it, by value and without a managed <see cref="Scalar"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue
{
    private const int Real = 0;
    private const int Integer = 1;
    private const int Boolean = 2;

    private readonly long _integer;
    private readonly double _real;
    private readonly int _kind;

    private ScalarValue(long integer, double real, int kind)
    {
        _integer = integer;
        _real = real;
        _kind = kind;
    }

    public static ScalarValue One { get; } = 1L;

    public bool IsReal => _kind == Real;

    public bool IsBoolean => _kind == Boolean;

    public double AsDouble => _real;

    public long AsLong => IsReal ? (long)_real : _integer;

    public bool AsBool => IsReal ? _real != 0 : _integer != 0;

    public static implicit operator ScalarValue(double value) => new(0, value, Real);

    public static implicit operator ScalarValue(long value) => new(value, value, Integer);

    public static implicit operator ScalarValue(bool value) => new(value ? 1 : 0, value ? 1 : 0, Boolean);
}
