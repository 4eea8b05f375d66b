using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Scraping;

/// <summary>The format of an answer.</summary>
/// <param name="IsOpenMetrics">OpenMetrics, or else Prometheus' older text.</param>
/// <param name="ContentType">How it is announced.</param>
internal sealed record ScrapeFormat(bool IsOpenMetrics, string ContentType)
{
    // What every scraper can read, so also the answer to those that ask for nothing that is had.
    private static readonly ScrapeFormat Default = Text("0.0.4");

    /// <summary>The format that a scraper likes best: the highest quality, and of several the one that it names first.</summary>
    /// <param name="accept">Its <c>Accept</c> header.</param>
    public static ScrapeFormat Choose(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? wishes)) return Default;
        return wishes
            .Select(wish => (Format: Of(wish), Quality: wish.Quality ?? 1))
            .Where(choice => choice.Format is not null && choice.Quality > 0)
            .OrderByDescending(choice => choice.Quality)
            .FirstOrDefault().Format ?? Default;
    }

    private static ScrapeFormat? Of(MediaTypeHeaderValue wish)
    {
        string? version = wish.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"');
        return (wish.MediaType.Value?.ToLowerInvariant(), version) switch
        {
            ("application/openmetrics-text", null or "1.0.0") => OpenMetrics("1.0.0"),
            ("application/openmetrics-text", "0.0.1") => OpenMetrics("0.0.1"),
            ("text/plain", null or "0.0.4") => Default,
            ("text/plain", "1.0.0") => Text("1.0.0"),
            ("text/*" or "*/*", _) => Default,
            _ => null,
        };
    }

    private static ScrapeFormat OpenMetrics(string version) => new(true, $"application/openmetrics-text; version={version}; charset=utf-8{Escaping(version)}");

    private static ScrapeFormat Text(string version) => new(false, $"text/plain; version={version}; charset=utf-8{Escaping(version)}");

    // Versions from 1.0.0 on may hold names in any letters; those here never do.
    private static string Escaping(string version) => version == "1.0.0" ? "; escaping=underscores" : "";
}
