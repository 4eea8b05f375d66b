namespace Maml.Cluster.Compat.Tests.Loopback;

/// <summary>Notes how the last response is compressed, which the gRPC client keeps to itself.</summary>
internal sealed class EncodingRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    public string? ResponseEncoding { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        ResponseEncoding = response.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? values) ? values.Single() : null;
        return response;
    }
}
