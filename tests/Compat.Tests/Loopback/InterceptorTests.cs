using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class InterceptorTests
{
    [Theory]
    [InlineData(MethodType.Unary)]
    [InlineData(MethodType.ClientStreaming)]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Interceptor_Refusing_StopsEveryKindOfCall(MethodType kind)
    {
        await using EchoHost host = await EchoHost.StartAsync(server => server.Interceptors.Add<TokenInterceptor>());

        RpcException exception = await Should.ThrowAsync<RpcException>(() => CallAsync(host.Client, kind, []));

        exception.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        exception.Status.Detail.ShouldBe(kind.ToString());
        await Should.NotThrowAsync(() => CallAsync(host.Client, kind, new Metadata { { TokenInterceptor.Header, "shown" } }));
    }

    private static async Task CallAsync(Echo.EchoClient client, MethodType kind, Metadata headers)
    {
        switch (kind)
        {
            case MethodType.Unary:
                await client.UnaryAsync(new EchoRequest(), headers);
                break;
            case MethodType.ClientStreaming:
                using (AsyncClientStreamingCall<EchoRequest, EchoReply> call = client.ClientStreaming(headers))
                {
                    await call.RequestStream.CompleteAsync();
                    await call;
                }

                break;
            case MethodType.ServerStreaming:
                using (AsyncServerStreamingCall<EchoReply> call = client.ServerStreaming(new EchoRequest(), headers))
                    await call.ResponseStream.MoveNext();
                break;
            default:
                using (AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = client.DuplexStreaming(headers))
                {
                    await call.RequestStream.CompleteAsync();
                    await call.ResponseStream.MoveNext();
                }

                break;
        }
    }
}
