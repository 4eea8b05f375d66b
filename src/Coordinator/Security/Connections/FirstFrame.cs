using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Maml.Cluster.Coordinator.Security.Authentication;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>
/// Looks at the head of a request's frame before the server library does, which takes a broken one for a fault of the service:
/// UNKNOWN to the client, and a stack in the log.
/// </summary>
internal static class FirstFrame
{
    private const int HeaderBytes = 5;

    /// <summary>Refuses requests whose frame cannot be one; leaves the bytes of others where they are.</summary>
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        // Streams are checked frame by frame as they are read.
        MethodType? type = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type;
        if (type is MethodType.Unary or MethodType.ServerStreaming && await FaultAsync(context) is { } fault)
            StatusResponse.Write(context.Response, fault);
        else
            await next(context);
    }

    private static async Task<Status?> FaultAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult read;
        try
        {
            read = await body.ReadAtLeastAsync(HeaderBytes, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone or too slow; whoever reads next finds that out and deals with it.
            return null;
        }

        Status? fault = read.Buffer.Length < HeaderBytes ? null : FaultOf(read.Buffer.Slice(0, HeaderBytes));
        body.AdvanceTo(read.Buffer.Start);
        return fault;
    }

    private static Status? FaultOf(ReadOnlySequence<byte> head)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        head.CopyTo(header);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] > 1) return new Status(StatusCode.InvalidArgument, $"The request's frame has flag {header[0]}, expected 0.");
        return length <= int.MaxValue ? null : new Status(StatusCode.ResourceExhausted, $"The request announces {length} bytes, expected far fewer.");
    }
}
