using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class MessageSizeTests
{
    private const int DefaultLimit = 4 * 1024 * 1024;

    [Fact]
    public async Task Unary_RequestOver4MiB_IsRefusedByTheServer()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        ByteString payload = ByteString.CopyFrom(new byte[DefaultLimit + 1]);

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoRequest { Payload = payload }));

        exception.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Unary_ReplyOver4MiB_IsRefusedByTheClient()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoRequest { PayloadSize = DefaultLimit + 1 }));

        exception.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Unary_JustUnder4MiBBothWays_ArrivesWhole()
    {
        const int Size = DefaultLimit - 100;
        await using EchoHost host = await EchoHost.StartAsync();

        EchoReply reply = await host.Client.UnaryAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(new byte[Size]), PayloadSize = Size });

        reply.Payload.Length.ShouldBe(Size);
    }
}
