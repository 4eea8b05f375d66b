using System.Diagnostics.Metrics;
using Maml.Cluster.Aggregator.Upstream;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Maml.Cluster.Aggregator.Hosting;

/// <summary>
/// A running aggregator: a coordinator towards its workers, and a worker towards a coordinator, which gets one sum for each group of chunks.
/// Disposing it answers what it holds, as far as there is time, and lets its workers go.
/// </summary>
public sealed class AggregatorHost : IAsyncDisposable
{
    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly CoordinatorProbes _probes;
    private readonly MonitoringEndpoint? _monitoring;
    private readonly TelemetryProviders _telemetry;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _relaying;
    private int _isDisposed;

    private AggregatorHost(WebApplication application, CoordinatorProbes probes, MonitoringEndpoint? monitoring, TelemetryProviders telemetry)
    {
        _application = application;
        _probes = probes;
        _monitoring = monitoring;
        _telemetry = telemetry;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _relaying = application.Services.GetRequiredService<UpstreamLoop>().RunAsync(_stopping.Token);
    }

    /// <summary>Where it listens for workers, with the port as it is.</summary>
    public Uri Address { get; }

    /// <summary>Where it answers probes and scrapes; null when it does not.</summary>
    public Uri? MonitoringAddress => _monitoring?.Address;

    /// <summary>Starts an aggregator; when the task completes, it serves workers and dials its coordinator.</summary>
    /// <exception cref="HostStartException">An option cannot be used (all of them are named), or the port cannot be listened on.</exception>
    public static async Task<AggregatorHost> StartAsync(AggregatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. AggregatorOptionsValidator.Validate(options), .. CoordinatorSecurity.FaultsOf(options.Serving.Security, TimeProvider.System)];
        if (faults.Length > 0)
            throw new HostStartException($"The aggregator cannot be started:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))}");

        var probes = new CoordinatorProbes(TimeProvider.System);
        WebApplication application = CoordinatorServer.Build(
            options.Serving, services => services.AddAggregator(options, probes), routes => routes.MapAggregator());
        TelemetryProviders telemetry = StartTelemetry(options, application);
        MonitoringEndpoint? monitoring = null;
        try
        {
            monitoring = await MonitoringEndpoint.StartAsync(options.Serving.Monitoring, probes, cancellationToken, map: telemetry.MapMetrics);
            await application.StartAsync(cancellationToken);
            probes.Serve();
            return new AggregatorHost(application, probes, monitoring, telemetry);
        }
        catch (Exception e)
        {
            if (monitoring is not null) await monitoring.DisposeAsync();
            await application.DisposeAsync();
            await telemetry.DisposeAsync();
            if (e is MonitoringException or SecurityFileException) throw new HostStartException(e.Message, e);
            if (e is IOException or System.Net.Sockets.SocketException) throw new HostStartException(CoordinatorServer.Explain(options.Serving, e), e);
            throw;
        }
    }

    /// <summary>Waits until the token is cancelled, the coordinator asks the aggregator to leave, or the host is disposed.</summary>
    /// <exception cref="AggregatorException">The coordinator refuses this aggregator for good.</exception>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        Task asked = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        if (await Task.WhenAny(asked, _relaying) == _relaying) await _relaying;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        _probes.Stop();

        // What is held is answered first, which takes the workers' streams.
        await _stopping.CancelAsync();
        await _relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.Services.GetRequiredService<OpenCalls>().EndAsync();
        using var limit = new CancellationTokenSource(StreamLimit);
        await _application.StopAsync(limit.Token);
        await _telemetry.FlushAsync();
        await _application.DisposeAsync();
        if (_monitoring is not null) await _monitoring.DisposeAsync();
        await _telemetry.DisposeAsync();
        _stopping.Dispose();
    }

    private static TelemetryProviders StartTelemetry(AggregatorOptions options, WebApplication application)
    {
        // Before anybody needs them, so that every counter is there from the start, at zero.
        application.Services.GetRequiredService<ChunkMetrics>();
        return TelemetryProviders.Create(
            options.Serving.Telemetry,
            new TelemetrySource("maml-aggregator", options.Name, CoordinatorMeter.Name, application.Services.GetRequiredService<IMeterFactory>()),
            areScraped: options.Serving.Monitoring.Port is not null);
    }
}
