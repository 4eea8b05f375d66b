using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

/// <summary>Does what each request asks for, so that a test can bring about every end of a call.</summary>
internal sealed class EchoService(CallLog log) : Echo.EchoBase
{
    public override async Task<EchoReply> Unary(EchoRequest request, ServerCallContext context)
    {
        log.RequestEncoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
        await ObeyAsync(request, context);
        if (context.RequestHeaders.GetValue("x-text") is { } text)
            await context.WriteResponseHeadersAsync(new Metadata { { "x-text-back", text } });
        if (context.RequestHeaders.GetValueBytes("x-bytes-bin") is { } bytes)
            context.ResponseTrailers.Add("x-bytes-back-bin", bytes);
        return new EchoReply { Text = request.Text, Payload = ByteString.CopyFrom(new byte[request.PayloadSize]) };
    }

    public override async Task ServerStreaming(
        EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        for (int number = 0; number < request.Count; number++)
            await responseStream.WriteAsync(new EchoReply { Count = number }, context.CancellationToken);
        await ObeyAsync(request, context);
    }

    public override async Task<EchoReply> ClientStreaming(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        int sum = 0;
        await foreach (EchoRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await ObeyAsync(request, context);
            sum += request.Count;
        }

        return new EchoReply { Count = sum };
    }

    public override async Task DuplexStreaming(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            await ObeyAsync(requestStream.Current, context);
            await responseStream.WriteAsync(new EchoReply { Text = requestStream.Current.Text, Count = requestStream.Current.Count });
        }
    }

    private async Task ObeyAsync(EchoRequest request, ServerCallContext context)
    {
        if (request.FailWith != 0)
            throw new RpcException(new Status((StatusCode)request.FailWith, request.Text), new Metadata { { "x-reason", "asked for" } });
        if (request.Crash)
            throw new InvalidOperationException("A secret of the server.");
        if (request.Wait)
            await log.WaitForCancellationAsync(context.CancellationToken);
    }
}
