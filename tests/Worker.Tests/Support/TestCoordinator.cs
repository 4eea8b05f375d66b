using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>The coordinator's side of the wire on a real server; what it says is up to the test.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestCoordinator(WebApplication application) => _application = application;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Channel<Attachment> Attachments { get; } = Channel.CreateUnbounded<Attachment>();

    /// <summary>What is thrown at those who attach, one each; nobody is refused once it is empty.</summary>
    public ConcurrentQueue<Grpc.Core.RpcException> Refusals { get; } = new();

    /// <summary>Data sets by content hash, as bytes.</summary>
    public ConcurrentDictionary<string, byte[]> DataSets { get; } = new();

    public int Downloads;

    public static async Task<TestCoordinator> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        TestCoordinator? coordinator = null;
        builder.Services.AddSingleton(_ => coordinator!);
        WebApplication application = builder.Build();
        coordinator = new TestCoordinator(application);
        application.MapGrpcService<TestWorkerService>();
        application.MapGrpcService<TestDataSetService>();
        await application.StartAsync();
        return coordinator;
    }

    /// <summary>The next worker, welcomed.</summary>
    public async Task<Attachment> AcceptAsync(uint heartbeatMilliseconds = 60_000)
    {
        Attachment attachment = await Attachments.Reader.ReadAsync().AsTask().WaitAsync(Attachment.Patience);
        await attachment.SendAsync(new() { Welcome = new() { WorkerId = "worker-1", HeartbeatMilliseconds = heartbeatMilliseconds } });
        return attachment;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }
}
