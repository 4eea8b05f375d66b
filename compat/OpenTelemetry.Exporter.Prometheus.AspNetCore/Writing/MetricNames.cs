using System.Text;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>Prometheus' names for OpenTelemetry's.</summary>
internal static class MetricNames
{
    private const string Total = "_total";

    /// <summary>A family's name.</summary>
    /// <param name="name">The instrument's.</param>
    /// <param name="unit">In words, for the name's end; null for none.</param>
    /// <param name="isCounter">Whether its samples' names end with <c>_total</c>.</param>
    /// <param name="isOpenMetrics">Then the family's own does not.</param>
    public static string Of(string name, string? unit, bool isCounter, bool isOpenMetrics)
    {
        string clean = Clean(name);
        if (isCounter && isOpenMetrics) clean = WithoutTotal(clean);
        if (unit is not null && !clean.EndsWith($"_{unit}", StringComparison.Ordinal)) clean = $"{clean}_{unit}";
        return isCounter && !isOpenMetrics ? WithTotal(clean) : clean;
    }

    /// <summary>A counter's name.</summary>
    public static string WithTotal(string name) => name.EndsWith(Total, StringComparison.Ordinal) ? name : name + Total;

    /// <summary>A label's name: what is neither letter, digit nor underscore becomes an underscore.</summary>
    public static string OfLabel(string key)
    {
        string name = string.Concat(key.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return name.Length > 0 && char.IsAsciiDigit(name[0]) ? $"_{name}" : name;
    }

    private static string WithoutTotal(string name) => name.EndsWith(Total, StringComparison.Ordinal) ? name[..^Total.Length] : name;

    // Runs of what is not allowed become one underscore.
    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (char character in name)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == ':') clean.Append(character);
            else if (clean.Length == 0 || clean[^1] != '_') clean.Append('_');
        }

        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? $"_{clean}" : clean.ToString();
    }
}
