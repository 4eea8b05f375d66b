using System.Globalization;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Telemetry;
using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>
/// Reads options from a YAML file (<c>--config FILE</c> or <c>MAML_CONFIG</c>), then from environment variables (<c>MAML_COORDINATOR</c>),
/// then from the command line (<c>--coordinator</c>); the later one wins.
/// </summary>
public static class WorkerOptionsReader
{
    private const string EnvironmentPrefix = "MAML_";

    /// <summary>Reads options.</summary>
    /// <param name="arguments">The command line: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <exception cref="WorkerException">Something cannot be read; the message names all of it.</exception>
    public static WorkerOptions Read(string[] arguments) => Read(
        new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).AddCommandLine(arguments).Build(),
        new ConfigurationBuilder().AddCommandLine(arguments).Build());

    /// <summary>Reads options from any source of settings.</summary>
    /// <exception cref="WorkerException">Something cannot be read; the message names all of it.</exception>
    /// <param name="settings">The settings, the configuration file's excepted.</param>
    /// <param name="arguments">Those of the command line, where a setting that does not exist is refused; null for none.</param>
    public static WorkerOptions Read(IConfiguration settings, IConfiguration? arguments = null)
    {
        var faults = new List<string>();
        var all = new WorkerSettings(settings, arguments, faults);
        string? Text(string name) => all.Find(name);

        T Value<T>(string name, T otherwise, string expected)
            where T : IParsable<T>
        {
            if (Text(name) is not { } text) return otherwise;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out T? value)) return value;
            faults.Add($"--{name} is '{text}'; expected {expected}.");
            return otherwise;
        }

        // A bare number would be days.
        TimeSpan Duration(string name, TimeSpan otherwise)
        {
            if (Text(name) is not { } text) return otherwise;
            if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan value)) return value;
            faults.Add($"--{name} is '{text}'; expected a duration as hours:minutes:seconds, such as 00:00:30.");
            return otherwise;
        }

        if (!Uri.TryCreate(Text("coordinator"), UriKind.Absolute, out Uri? coordinator))
            faults.Add($"--coordinator is '{Text("coordinator")}'; expected the coordinator's address, such as http://127.0.0.1:5100 (or set {EnvironmentPrefix}COORDINATOR).");
        var options = new WorkerOptions { Coordinator = coordinator ?? new Uri("http://localhost") };
        options = options with
        {
            Device = Text("device") ?? DeviceCatalog.Cpu,
            Name = Text("worker-name") ?? options.Name,
            CacheDirectory = Text("cache-directory"),
            DataDirectory = Text("data-directory"),
            Threads = Value("threads", options.Threads, "a whole number"),
            ChunkSlots = Value("chunk-slots", options.ChunkSlots, "a whole number"),
            HealthPort = Value("health-port", options.HealthPort, "a port"),
            Monitoring = new MonitoringOptions
            {
                ListenAddress = Text("monitoring-listen-address") ?? options.Monitoring.ListenAddress,
                Port = Text("monitoring-port") is null ? null : Value("monitoring-port", 0, "a port"),
            },
            Telemetry = new TelemetryOptions
            {
                OtlpEndpoint = Text("otlp-endpoint") is { Length: > 0 } collector ? new Uri(collector, UriKind.RelativeOrAbsolute) : null,
            },
            DrainTimeout = Duration("drain-timeout", options.DrainTimeout),
            InsecureAllowRemote = Value("insecure-allow-remote", options.InsecureAllowRemote, "true or false"),
            Credentials = new ClientCredentials
            {
                TokenFile = Text("token-file"),
                Token = Text("token") is { Length: > 0 } token ? token : null,
                AuthorityFile = Text("ca"),
                CertificateFile = Text("client-certificate"),
                KeyFile = Text("client-key"),
            },
        };
        faults.AddRange(WorkerOptionsValidator.Validate(options));
        return faults.Count == 0 ? options : throw new WorkerException(string.Join(Environment.NewLine, faults));
    }
}
