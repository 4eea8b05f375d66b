using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>A running coordinator. Disposing it leaves its runs for the next start, each with a checkpoint, and lets the workers go.</summary>
public sealed class CoordinatorHost : IAsyncDisposable
{
    // Beyond the grace that a run has for its iteration: its checkpoint, its summary, and the ends of streams.
    private static readonly TimeSpan ShutdownMargin = TimeSpan.FromSeconds(2);

    // A silo that leaves in order tells the others, so that nobody has to find it dead.
    private static readonly TimeSpan SiloMargin = TimeSpan.FromSeconds(8);

    private readonly WebApplication _application;
    private readonly CoordinatorOptions _options;
    private readonly CoordinatorProbes _probes;
    private readonly MonitoringEndpoint? _monitoring;
    private readonly TelemetryProviders _telemetry;
    private int _isDisposed;

    private CoordinatorHost(
        WebApplication application, CoordinatorOptions options, CoordinatorProbes probes, MonitoringEndpoint? monitoring, TelemetryProviders telemetry)
    {
        _application = application;
        _options = options;
        _probes = probes;
        _monitoring = monitoring;
        _telemetry = telemetry;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, with the port as it is: <c>http://127.0.0.1:5100</c>.</summary>
    public Uri Address { get; }

    /// <summary>Where it answers probes and scrapes; null when it does not.</summary>
    public Uri? MonitoringAddress => _monitoring?.Address;

    /// <summary>Starts a coordinator; when the task completes, it serves.</summary>
    /// <exception cref="HostStartException">An option cannot be used (all of them are named), or the port cannot be listened on.</exception>
    public static async Task<CoordinatorHost> StartAsync(CoordinatorOptions options, CancellationToken cancellationToken)
    {
        string[] faults =
        [
            .. CoordinatorOptionsValidator.Validate(options),
            .. CoordinatorSecurity.FaultsOf(options.Security, TimeProvider.System),
            .. PeerCredentialsCheck.FaultsOf(options, TimeProvider.System),
            .. SiloCertificates.FaultsOf(options.Cluster.Silo, TimeProvider.System),
        ];
        if (faults.Length > 0)
            throw new HostStartException($"The coordinator cannot be started:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))}");

        var probes = new CoordinatorProbes(TimeProvider.System);
        WebApplication application = CoordinatorServer.Build(options, services => services.AddCoordinator(options, probes), routes => routes.MapCoordinator(options), begin: AddCluster);
        TelemetryProviders telemetry = StartTelemetry(options, application);
        MonitoringEndpoint? monitoring = null;
        try
        {
            // First, so that who asks hears that runs are being read, and not silence.
            monitoring = await MonitoringEndpoint.StartAsync(options.Monitoring, probes, cancellationToken, map: telemetry.MapMetrics);
            await application.StartAsync(cancellationToken);
            probes.Serve();
            return new CoordinatorHost(application, options, probes, monitoring, telemetry);
        }
        catch (Exception e)
        {
            if (monitoring is not null) await monitoring.DisposeAsync();
            await application.DisposeAsync();
            await telemetry.DisposeAsync();
            if (SiloFaults.IsOfTheOthers(options, e) && !cancellationToken.IsCancellationRequested) throw new HostStartException(SiloFaults.Explain(options), e);
            if (e is MonitoringException) throw new HostStartException(e.Message, e);
            if (e is IOException or System.Net.Sockets.SocketException) throw new HostStartException(CoordinatorServer.Explain(options, e), e);
            throw;
        }
    }

    /// <summary>Why it ended by itself; null where it did not.</summary>
    public string? Fault => _application.Services.GetService<Expulsion>()?.Reason;

    /// <summary>Waits until the token is cancelled, the host is disposed, or it ends by itself. Cancelling alone does not end the host: dispose it for that.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _application.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        _probes.Stop();
        using var runLimit = new CancellationTokenSource(_options.StopGrace + ShutdownMargin);
        try
        {
            await _application.Services.GetRequiredService<RunManager>().SuspendAllAsync(runLimit.Token);
        }
        catch (OperationCanceledException)
        {
            // A run hangs; its last checkpoint has to do.
        }

        await _application.Services.GetRequiredService<OpenCalls>().EndAsync();
        using var streamLimit = new CancellationTokenSource(_options.Cluster.Kind == ClusterKind.Orleans ? SiloMargin : ShutdownMargin);
        await _application.StopAsync(streamLimit.Token);
        await _telemetry.FlushAsync();
        await _application.DisposeAsync();
        if (_monitoring is not null) await _monitoring.DisposeAsync();
        await _telemetry.DisposeAsync();
    }

    // First, since the other parts ask them as soon as they start.
    private static void AddCluster(IHostApplicationBuilder builder, CoordinatorOptions options)
    {
        builder.Services.AddDatabase(options);
        if (options.Cluster.Kind == ClusterKind.Orleans) builder.AddSilo(options);
    }

    private static TelemetryProviders StartTelemetry(CoordinatorOptions options, WebApplication application)
    {
        // Before anybody needs them, so that every counter is there from the start, at zero.
        application.Services.GetRequiredService<RunMetrics>();
        application.Services.GetRequiredService<ChunkMetrics>();
        application.Services.GetRequiredService<RunMeasures>();
        return TelemetryProviders.Create(
            options.Telemetry,
            new TelemetrySource("maml-coordinator", $"{Environment.MachineName}-{Environment.ProcessId}", CoordinatorMeter.Name,
                application.Services.GetRequiredService<IMeterFactory>()),
            areScraped: options.Monitoring.Port is not null);
    }
}
