using System.Globalization;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>Numbers as both formats want them: in no country's way, and such that they read back as the same.</summary>
internal static class Numbers
{
    /// <summary>A whole number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Any number.</summary>
    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("G", CultureInfo.InvariantCulture),
    };

    /// <summary>The upper bound of a bucket; OpenMetrics wants a point in it.</summary>
    public static string OfBound(double bound, bool isOpenMetrics)
    {
        string text = Of(bound);
        return isOpenMetrics && double.IsFinite(bound) && !text.AsSpan().ContainsAny('.', 'E') ? $"{text}.0" : text;
    }
}
