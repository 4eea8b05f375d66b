using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>gRPC without a gRPC client, so that a test can say anything.</summary>
internal static class RawCall
{
    /// <summary>An empty message in its frame.</summary>
    public static readonly byte[] EmptyMessage = new byte[5];

    public static HttpClient CreateClient(Uri address, HttpMessageHandler? handler = null) => new(handler ?? new SocketsHttpHandler())
    {
        BaseAddress = address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public static HttpRequestMessage Request(string path, HttpContent body, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        byte[] frame = new byte[5 + message.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>The status in the headers of an answer; null where the answer goes on.</summary>
    public static (StatusCode? Code, string Message) StatusOf(HttpHeaders headers) =>
        headers.TryGetValues("grpc-status", out IEnumerable<string>? values)
            ? ((StatusCode)int.Parse(values.Single(), CultureInfo.InvariantCulture),
                headers.TryGetValues("grpc-message", out IEnumerable<string>? messages) ? Uri.UnescapeDataString(messages.Single()) : "")
            : (null, "");
}
