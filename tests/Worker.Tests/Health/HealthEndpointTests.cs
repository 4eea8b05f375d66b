using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Worker.Health;
using Maml.Cluster.Worker.Hosting;
using static Maml.Cluster.Protos.Health.V1.HealthCheckResponse.Types;
using Contract = Maml.Cluster.Protos.Health.V1;

namespace Maml.Cluster.Worker.Tests.Health;

public sealed class HealthEndpointTests
{
    private readonly WorkerHealth _health = new();

    [Fact]
    public async Task Check_Attachment_FollowsTheWorker()
    {
        int port = FreePort.Find();
        await using HealthEndpoint endpoint = await HealthEndpoint.StartAsync(port, _health, CancellationToken.None);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new Contract.Health.HealthClient(channel);
        (await CheckAsync("")).ShouldBe(ServingStatus.Serving);
        (await CheckAsync("maml.v1.WorkerService")).ShouldBe(ServingStatus.NotServing);
        _health.SetAttached(true);
        (await CheckAsync("maml.v1.WorkerService")).ShouldBe(ServingStatus.Serving);
        (await Should.ThrowAsync<RpcException>(CheckAsync("other"))).StatusCode.ShouldBe(StatusCode.NotFound);

        async Task<ServingStatus> CheckAsync(string service) => (await client.CheckAsync(new() { Service = service })).Status;
    }

    [Fact]
    public async Task Watch_Attachment_TellsEveryChange()
    {
        int port = FreePort.Find();
        await using HealthEndpoint endpoint = await HealthEndpoint.StartAsync(port, _health, CancellationToken.None);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        using AsyncServerStreamingCall<Contract.HealthCheckResponse> call =
            new Contract.Health.HealthClient(channel).Watch(new() { Service = WorkerHealth.AttachmentService });
        foreach (bool attached in new[] { false, true, false })
        {
            _health.SetAttached(attached);
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            call.ResponseStream.Current.Status.ShouldBe(attached ? ServingStatus.Serving : ServingStatus.NotServing);
        }
    }

    [Fact]
    public async Task StartAsync_PortInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        WorkerException fault = await Should.ThrowAsync<WorkerException>(HealthEndpoint.StartAsync(port, _health, CancellationToken.None));
        fault.Message.ShouldContain($"Port {port}");
    }
}
