using System.Net;
using Maml.Cluster.Worker.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Maml.Cluster.Worker.Health;

/// <summary>Serves <c>grpc.health.v1</c> on loopback, for probes that run beside the worker.</summary>
internal sealed class HealthEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HealthEndpoint(WebApplication application) => _application = application;

    /// <summary>Starts to serve.</summary>
    /// <param name="port">On loopback.</param>
    /// <param name="health">What to tell.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkerException">The port cannot be had.</exception>
    public static async Task<HealthEndpoint> StartAsync(int port, WorkerHealth health, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(health);

        // The worker decides when it ends; a web host that listened for SIGTERM as well would end before the worker has drained.
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        WebApplication application = builder.Build();
        application.MapGrpcService<HealthService>();
        try
        {
            await application.StartAsync(cancellationToken);
            return new HealthEndpoint(application);
        }
        catch (IOException e)
        {
            await application.DisposeAsync();
            throw new WorkerException($"Port {port} for health probes cannot be had: {e.Message}. Choose another one, or 0 for none.", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
