using System.Globalization;
using System.Text;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>The labels of a sample. Keys that become the same label are kept as one, with all their values.</summary>
internal sealed class LabelSet
{
    private readonly List<(string Name, string Value)> _labels = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _labels.Count == 0;

    /// <summary>Adds a label.</summary>
    public LabelSet Add(string key, object? value)
    {
        string name = MetricNames.OfLabel(key);
        string text = Escapes.OfLabel(TextOf(value));
        int same = _labels.FindIndex(label => label.Name == name);
        if (same < 0) _labels.Add((name, text));
        else _labels[same] = (name, $"{_labels[same].Value};{text}");
        return this;
    }

    /// <summary>Adds labels.</summary>
    public LabelSet Add(IEnumerable<KeyValuePair<string, object>> labels)
    {
        foreach (KeyValuePair<string, object> label in labels) Add(label.Key, label.Value);
        return this;
    }

    /// <summary>Writes all of them.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="bound">Upper bound of a bucket; null for other samples.</param>
    public void Write(StringBuilder text, string? bound)
    {
        IEnumerable<string> pairs = _labels.Select(label => $"{label.Name}=\"{label.Value}\"");
        text.Append('{').AppendJoin(',', bound is null ? pairs : pairs.Append($"le=\"{bound}\"")).Append('}');
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
