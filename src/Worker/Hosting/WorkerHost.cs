using Grpc.Net.Client;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Shared.Telemetry;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Health;
using Maml.Cluster.Worker.Sessions;
using Maml.Cluster.Worker.Sessions.Chunks;
using Maml.Cluster.Worker.Sessions.Data;
using Maml.Cluster.Worker.Telemetry;
using static Maml.Cluster.Protos.Health.V1.HealthCheckResponse.Types;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>A worker: one device, attached to one coordinator at a time.</summary>
public static class WorkerHost
{
    /// <summary>
    /// Attaches to the coordinator and computes chunks; dials again whenever the connection is lost. Ends when the coordinator asks the
    /// worker to leave, or after <paramref name="stopping"/> is cancelled, once the chunks it holds are done or given back.
    /// </summary>
    /// <param name="options">How to run.</param>
    /// <param name="stopping">Asks the worker to leave.</param>
    /// <exception cref="WorkerException">The options cannot be used, or the coordinator refuses this worker for good.</exception>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public static async Task RunAsync(WorkerOptions options, CancellationToken stopping)
    {
        HostMemory.KeepFreedMemory();
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(options.MinimumLogLevel)
            .AddFilter("Grpc", LogLevel.Critical)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await RunAsync(options, loggers, TimeProvider.System, stopping);
    }

    internal static async Task RunAsync(WorkerOptions options, ILoggerFactory loggers, TimeProvider timeProvider, CancellationToken stopping)
    {
        WorkerOptionsValidator.ThrowIfInvalid(options);
        var health = new WorkerHealth();
        var probes = new WorkerProbes(health);
        using var metrics = new WorkerMetrics(() => health.Check(WorkerHealth.AttachmentService) == ServingStatus.Serving);
        await using TelemetryProviders telemetry = TelemetryProviders.Create(
            options.Telemetry, new TelemetrySource("maml-worker", options.Name, WorkerMetrics.Name, metrics), areScraped: options.Monitoring.Port is not null);
        await using MonitoringEndpoint? monitoring = await StartMonitoringAsync(options.Monitoring, probes, telemetry, stopping);
        await using DeviceThread device = await DeviceThread.StartAsync(options.Device, options.Threads, timeProvider);
        probes.Use(device);
        metrics.Observe(device.Description);
        await using var computer = new ChunkComputer(device, timeProvider);
        await using HealthEndpoint? endpoint = options.HealthPort == 0 ? null : await HealthEndpoint.StartAsync(options.HealthPort, health, stopping);
        using var channels = new AttachChannels<GrpcChannel>(
            options.Coordinator, address => CoordinatorChannel.Create(address, options, loggers, timeProvider));

        ILogger<DataSetProvider> dataSetLogger = loggers.CreateLogger<DataSetProvider>();
        var cache = new ImageDataSetCache(options.CacheDirectory ?? CacheDirectory.Default(), report => DataSetLog.CacheReport(dataSetLogger, report));
        var dataSets = new DataSetProvider(cache, options.DataDirectory, dataSetLogger);
        var session = new WorkerSession(options, device.Description, computer, dataSets, health, metrics, timeProvider, loggers);
        await new SessionLoop(session, channels, options, timeProvider, loggers.CreateLogger<SessionLoop>()).RunAsync(stopping);
        await telemetry.FlushAsync();
    }

    private static async Task<MonitoringEndpoint?> StartMonitoringAsync(
        MonitoringOptions options, WorkerProbes probes, TelemetryProviders telemetry, CancellationToken stopping)
    {
        try
        {
            return await MonitoringEndpoint.StartAsync(options, probes, stopping, map: telemetry.MapMetrics);
        }
        catch (MonitoringException e)
        {
            throw new WorkerException(e.Message, e);
        }
    }
}
