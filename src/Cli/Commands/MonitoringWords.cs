using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Cli.Commands;

/// <summary>The words with which a host is told where it is scraped, and where it sends what it measures.</summary>
internal sealed class MonitoringWords
{
    private readonly Option<IPEndPoint?> _listen;

    private readonly Option<Uri?> _otlp = new("--otlp-endpoint")
    {
        Description = "Sends metrics and traces to this collector by OTLP. [default: OTEL_EXPORTER_OTLP_ENDPOINT, if set]",
        HelpName = "URL",
        CustomParser = ParseCollector,
    };

    /// <summary>The words of a command.</summary>
    /// <param name="remark">What is to be known besides about where this command listens.</param>
    public MonitoringWords(string remark = "")
    {
        _listen = new Option<IPEndPoint?>("--metrics-listen")
        {
            Description = $"Serves /metrics to Prometheus, and probes, at this address in plain HTTP.{remark} [default: nowhere]",
            HelpName = "ADDRESS:PORT",
            CustomParser = ParseEndPoint,
        };
    }

    public void AddTo(Command command)
    {
        command.Add(_listen);
        command.Add(_otlp);
    }

    /// <summary>Whether an option is one of these.</summary>
    public bool Has(Option option) => option == _listen || option == _otlp;

    /// <summary>Where the host is scraped.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">What holds where nothing is typed.</param>
    public MonitoringOptions Monitoring(ParseResult parsed, MonitoringOptions? otherwise = null) => parsed.GetValue(_listen) is { } listen
        ? new MonitoringOptions { ListenAddress = listen.Address.ToString(), Port = listen.Port }
        : otherwise ?? new MonitoringOptions();

    /// <summary>Where it sends what it measures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">What holds where nothing is typed.</param>
    public TelemetryOptions Telemetry(ParseResult parsed, TelemetryOptions? otherwise = null) => parsed.GetValue(_otlp) is { } collector
        ? new TelemetryOptions { OtlpEndpoint = collector }
        : otherwise ?? new TelemetryOptions();

    private static IPEndPoint? ParseEndPoint(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        int colon = text.LastIndexOf(':');
        if (colon > 0
            && IPAddress.TryParse(text.AsSpan(0, colon), out IPAddress? address)
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port <= IPEndPoint.MaxPort)
        {
            return new IPEndPoint(address, port);
        }

        result.AddError($"--metrics-listen is '{text}'; expected an IP address and a port, such as 127.0.0.1:9464, or [::1]:9464.");
        return null;
    }

    private static Uri? ParseCollector(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? collector) && collector.Scheme is "http" or "https") return collector;
        result.AddError($"--otlp-endpoint is '{text}'; expected an address such as http://127.0.0.1:4317.");
        return null;
    }
}
