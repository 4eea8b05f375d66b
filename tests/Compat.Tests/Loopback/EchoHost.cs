using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Compat.Tests.Loopback;

/// <summary>The echo service on a free loopback port, HTTP/2 without TLS, and a channel to it.</summary>
internal sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private EchoHost(WebApplication application, GrpcChannelOptions options)
    {
        this.application = application;
        Channel = GrpcChannel.ForAddress(application.Urls.Single(), options);
        Client = new Echo.EchoClient(Channel);
    }

    /// <summary>How long a test waits for what must happen, before it fails.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public GrpcChannel Channel { get; }

    public Echo.EchoClient Client { get; }

    public CallLog Log => application.Services.GetRequiredService<CallLog>();

    public static async Task<EchoHost> StartAsync(Action<GrpcServiceOptions>? server = null, GrpcChannelOptions? client = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<CallLog>();
        builder.Services.AddGrpc(server ?? (_ => { }));
        WebApplication application = builder.Build();
        application.MapGrpcService<EchoService>();
        await application.StartAsync();
        return new EchoHost(application, client ?? new GrpcChannelOptions());
    }

    /// <summary>Ends the server while the channel stays.</summary>
    public Task StopServerAsync() => application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await application.DisposeAsync();
    }
}
