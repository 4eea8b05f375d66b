namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Says what is wrong with where measurements are sent.</summary>
public static class TelemetryOptionsValidator
{
    /// <summary>One complete message for each fault; empty when the options can be used. Does not ask whether anybody listens there.</summary>
    public static IReadOnlyList<string> Validate(TelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.OtlpEndpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? []
            : [$"Telemetry.OtlpEndpoint: found '{options.OtlpEndpoint.OriginalString}', expected an address such as http://collector:4317."];
    }
}
