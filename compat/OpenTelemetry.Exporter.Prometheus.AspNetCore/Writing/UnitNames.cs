using System.Collections.Frozen;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>Units in words, for those that instruments give in symbols.</summary>
internal static class UnitNames
{
    private static readonly FrozenDictionary<string, string> Plural = new Dictionary<string, string>
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds", ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes", ["TiBy"] = "tebibytes",
        ["KBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes", ["TBy"] = "terabytes",
        ["m"] = "meters", ["V"] = "volts", ["A"] = "amperes", ["J"] = "joules", ["W"] = "watts", ["g"] = "grams", ["Cel"] = "celsius", ["Hz"] = "hertz",
        ["%"] = "percent", ["$"] = "dollars",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Singular = new Dictionary<string, string>
    {
        ["s"] = "second", ["m"] = "minute", ["h"] = "hour", ["d"] = "day", ["w"] = "week", ["mo"] = "month", ["y"] = "year",
    }.ToFrozenDictionary();

    /// <summary>A unit in words; null for none, as for numbers of things (<c>{chunk}</c>) and for <c>1</c>.</summary>
    public static string? Of(string? unit)
    {
        if (string.IsNullOrEmpty(unit) || unit is "1" || unit.StartsWith('{')) return null;
        string[] parts = unit.Split('/', 2);
        string name = Plural.GetValueOrDefault(parts[0], parts[0]);
        return MetricNames.OfLabel(parts.Length == 1 ? name : $"{name}_per_{Singular.GetValueOrDefault(parts[1], parts[1])}");
    }
}
