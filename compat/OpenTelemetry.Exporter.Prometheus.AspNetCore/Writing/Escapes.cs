namespace OpenTelemetry.Exporter.Writing;

/// <summary>Text in places that a line's end or a quotation mark would end.</summary>
internal static class Escapes
{
    /// <summary>A label's value.</summary>
    public static string OfLabel(string value) => OfLines(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>A help text; only OpenMetrics escapes quotation marks there.</summary>
    public static string OfHelp(string help, bool isOpenMetrics) => isOpenMetrics ? OfLabel(help) : OfLines(help);

    private static string OfLines(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
