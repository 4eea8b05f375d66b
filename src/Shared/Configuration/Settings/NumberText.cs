using System.Globalization;
using System.Text.RegularExpressions;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Numbers as YAML 1.2 writes them (core schema, section 10.3.2), in decimal.</summary>
internal static partial class NumberText
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Write(double value) => value switch
    {
        double.PositiveInfinity => ".inf",
        double.NegativeInfinity => "-.inf",
        double.NaN => ".nan",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Reads a number; <c>.nan</c> and <c>.inf</c> are read as what they are.</summary>
    public static bool TryRead(string text, out double value)
    {
        value = text switch
        {
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            ".inf" or ".Inf" or ".INF" or "+.inf" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            _ => 0,
        };
        return value != 0 || (Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
