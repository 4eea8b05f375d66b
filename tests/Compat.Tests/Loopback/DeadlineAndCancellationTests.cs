using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class DeadlineAndCancellationTests
{
    [Fact]
    public async Task Unary_PastItsDeadline_EndsOnBothSides()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        // The first call connects and compiles, which may take longer than the deadline.
        await host.Client.UnaryAsync(new EchoRequest());
        CallOptions options = new CallOptions().WithDeadline(DateTime.UtcNow.AddMilliseconds(500));

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoRequest { Wait = true }, options).ResponseAsync.WaitAsync(EchoHost.Patience));

        exception.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        await host.Log.Cancelled.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Unary_TokenCancelled_EndsOnBothSides()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using CancellationTokenSource source = new();

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(
            new EchoRequest { Wait = true }, new CallOptions().WithCancellationToken(source.Token));
        await host.Log.Waiting.WaitAsync(EchoHost.Patience);
        await source.CancelAsync();
        RpcException exception = await Should.ThrowAsync<RpcException>(async () => await call.ResponseAsync.WaitAsync(EchoHost.Patience));

        exception.StatusCode.ShouldBe(StatusCode.Cancelled);
        await host.Log.Cancelled.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task DuplexStreaming_CallDisposed_CancelsTheHandler()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using (AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = host.Client.DuplexStreaming())
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Wait = true });
            await host.Log.Waiting.WaitAsync(EchoHost.Patience);
        }

        await host.Log.Cancelled.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task ServerStreaming_ReadCancelled_StopsTheSequence()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using CancellationTokenSource source = new();

        using AsyncServerStreamingCall<EchoReply> call = host.Client.ServerStreaming(new EchoRequest { Count = 1, Wait = true });
        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync(source.Token))
                await source.CancelAsync();
        });

        exception.StatusCode.ShouldBe(StatusCode.Cancelled);
    }
}
