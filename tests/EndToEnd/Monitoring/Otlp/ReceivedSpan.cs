namespace Maml.Cluster.EndToEnd.Monitoring.Otlp;

/// <summary>A span that has arrived.</summary>
/// <param name="Service">Who sent it.</param>
/// <param name="Span">The span.</param>
internal sealed record ReceivedSpan(string Service, Span Span)
{
    public string Name => Span.Name;

    public string Trace => Convert.ToHexString(Span.TraceId.Span);

    public string Id => Convert.ToHexString(Span.SpanId.Span);

    /// <summary>The span that it is a part of; empty for a root.</summary>
    public string Parent => Convert.ToHexString(Span.ParentSpanId.Span);

    /// <summary>An attribute as text; null where it is missing.</summary>
    public string? this[string key] => Span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is { } value
        ? value.StringValue.Length > 0 ? value.StringValue : $"{value.IntValue}"
        : null;
}
