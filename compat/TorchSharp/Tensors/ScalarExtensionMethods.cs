namespace TorchSharp;

/// <summary>Numbers to scalars and back; a conversion to a narrower type truncates as a C# cast does.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this bool value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static bool ToBoolean(this Scalar value) => value.Value.AsBool;

    public static int ToInt32(this Scalar value) => (int)value.Value.AsLong;

    public static long ToInt64(this Scalar value) => value.Value.AsLong;

    public static float ToSingle(this Scalar value) => (float)value.Value.AsDouble;

    public static double ToDouble(this Scalar value) => value.Value.AsDouble;
}
