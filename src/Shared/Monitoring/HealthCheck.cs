using System.Net;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>
/// Asks a host on this machine how it is, and turns the answer into an exit code: what a container's health check runs, since its
/// image holds no other program that could ask.
/// </summary>
public static class HealthCheck
{
    /// <summary>The argument with which a host asks instead of hosting: <c>--health-check</c>, or <c>--health-check=live</c>.</summary>
    public const string Argument = "--health-check";

    // Less than the 30 s that a container's health check has by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether an argument asks for a health check.</summary>
    public static bool IsArgument(string argument) => argument == Argument || argument.StartsWith(Argument + "=", StringComparison.Ordinal);

    /// <summary>Which probe a command line asks for (ready when it names none); null when it asks for none.</summary>
    public static string? ProbeOf(IEnumerable<string> arguments)
    {
        string? found = arguments.LastOrDefault(IsArgument);
        return found is null ? null : found.Length == Argument.Length ? "ready" : found[(Argument.Length + 1)..];
    }

    /// <summary>Asks.</summary>
    /// <param name="options">Where the host answers.</param>
    /// <param name="probe"><c>startup</c>, <c>live</c> or <c>ready</c>.</param>
    /// <param name="output">Where the answer is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>0 when the answer is good, else 1: container engines know no other code.</returns>
    public static async Task<int> RunAsync(MonitoringOptions options, string probe, TextWriter output, CancellationToken cancellationToken)
    {
        if (options.Port is not > 0 || probe is not ("startup" or "live" or "ready"))
        {
            await output.WriteLineAsync(options.Port is not > 0
                ? $"{Argument}: found no port, expected the one on which the host answers (monitoring.port)."
                : $"{Argument}: found '{probe}', expected startup, live or ready.");
            return 1;
        }

        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using HttpResponseMessage response = await client.GetAsync(AddressOf(options, probe), cancellationToken);
            await output.WriteAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync($"No answer: {e.Message}");
            return 1;
        }
    }

    private static Uri AddressOf(MonitoringOptions options, string probe)
    {
        IPAddress address = IPAddress.Parse(options.ListenAddress);
        if (address.Equals(IPAddress.Any)) address = IPAddress.Loopback;
        if (address.Equals(IPAddress.IPv6Any)) address = IPAddress.IPv6Loopback;
        return new UriBuilder(Uri.UriSchemeHttp, address.ToString(), options.Port!.Value, $"/health/{probe}").Uri;
    }
}
