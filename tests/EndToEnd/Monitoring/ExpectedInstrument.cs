using System.Text.Json;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>An instrument as Prometheus is to know it.</summary>
/// <param name="Family">Its name, without the suffixes of samples.</param>
/// <param name="Type">Its type.</param>
/// <param name="Unit">Its unit in words; empty for none.</param>
internal sealed record ExpectedInstrument(string Family, string Type, string Unit = "")
{
    /// <summary>The name of its samples, or of one sort of them.</summary>
    public string Sample => Type switch
    {
        "counter" => $"{Family}_total",
        "histogram" => $"{Family}_count",
        _ => Family,
    };

    /// <summary>Whether Prometheus knows it so, with a help text.</summary>
    public bool IsIn(JsonElement metadata) => metadata.TryGetProperty(Family, out JsonElement entries) && entries.EnumerateArray().Any(entry =>
        entry.GetProperty("type").GetString() == Type
        && entry.GetProperty("unit").GetString() == Unit
        && entry.GetProperty("help").GetString()!.Length > 0);
}
