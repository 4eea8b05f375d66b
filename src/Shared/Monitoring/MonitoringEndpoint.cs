using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>
/// The plain HTTP port of a host, apart from its gRPC port: a kubelet's probes speak neither TLS with our authority nor tokens, and a
/// flood of one port must not silence the other.
/// </summary>
public sealed class MonitoringEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MonitoringEndpoint(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, with the port as it is.</summary>
    public Uri Address { get; }

    /// <summary>Starts to answer; null when no port is asked for.</summary>
    /// <param name="options">Where.</param>
    /// <param name="probes">What answers probes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="addServices">Adds services for what is mapped besides the probes.</param>
    /// <param name="map">Maps more than the probes.</param>
    /// <exception cref="MonitoringException">The port cannot be had.</exception>
    public static async Task<MonitoringEndpoint?> StartAsync(
        MonitoringOptions options,
        IProbes probes,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? addServices = null,
        Action<WebApplication>? map = null)
    {
        if (options.Port is not { } port) return null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            MonitoringLimits.Set(kestrel);
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();

        // The host decides when it ends; a second listener for SIGTERM would end the answers before the host has drained.
        builder.Services.AddSingleton<IHostLifetime, HostedElsewhere>();
        addServices?.Invoke(builder.Services);
        WebApplication application = builder.Build();
        application.UseRouting();
        ProbeRoutes.Map(application, probes);
        map?.Invoke(application);
        try
        {
            await application.StartAsync(cancellationToken);
            return new MonitoringEndpoint(application);
        }
        catch (Exception e)
        {
            await application.DisposeAsync();
            if (e is IOException or SocketException)
            {
                throw new MonitoringException(
                    $"Port {port} on {options.ListenAddress} for probes and metrics cannot be had: {e.Message}. Choose another one (monitoring.port), or none.", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
