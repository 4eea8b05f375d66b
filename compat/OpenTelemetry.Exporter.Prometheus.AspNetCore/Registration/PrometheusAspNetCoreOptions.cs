namespace OpenTelemetry.Exporter;

/// <summary>How metrics are shown to a scraper.</summary>
public class PrometheusAspNetCoreOptions
{
    /// <summary>Whether every sample says which meter it comes from. On by default, as in the package.</summary>
    public bool ScopeInfoEnabled { get; set; } = true;

    /// <summary>Whether the resource is shown as <c>target_info</c>. On by default, as in the package.</summary>
    public bool TargetInfoEnabled { get; set; } = true;

    /// <summary>For how long an answer serves further scrapes; 0 for none but those that came while it was made. 300 by default.</summary>
    public int ScrapeResponseCacheDurationMilliseconds { get; set; } = 300;
}
