using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Maml.Cluster.Compat.Tests.Loopback;

/// <summary>Refuses calls that show no token, and says in the detail which kind of handler it stood around.</summary>
internal sealed class TokenInterceptor : Interceptor
{
    public const string Header = "x-token";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context, MethodType.Unary);
        return base.UnaryServerHandler(request, context, continuation);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context, MethodType.ClientStreaming);
        return base.ClientStreamingServerHandler(requestStream, context, continuation);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context, MethodType.ServerStreaming);
        return base.ServerStreamingServerHandler(request, responseStream, context, continuation);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context, MethodType.DuplexStreaming);
        return base.DuplexStreamingServerHandler(requestStream, responseStream, context, continuation);
    }

    private static void Check(ServerCallContext context, MethodType kind)
    {
        if (context.RequestHeaders.Get(Header) is null)
            throw new RpcException(new Status(StatusCode.Unauthenticated, kind.ToString()));
    }
}
