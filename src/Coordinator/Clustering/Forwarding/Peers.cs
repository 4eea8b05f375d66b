using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Calls to other coordinators, on behalf of clients. Safe for use by several threads.</summary>
internal sealed class Peers(CoordinatorIdentity self, ClusteringOptions options, ISecurityReports reports, TimeProvider time) : IDisposable
{
    private const string ForwardedHeader = "maml-forwarded";
    private const string AuthorizationHeader = "authorization";

    private readonly ConcurrentDictionary<Uri, GrpcChannel> _channels = new();

    /// <summary>Whether a call comes from another coordinator, which is to get an answer and nobody else's.</summary>
    public static bool IsForwarded(ServerCallContext context) => context.RequestHeaders.GetValue(ForwardedHeader) is not null;

    /// <summary>The channel to a coordinator.</summary>
    /// <exception cref="SecurityFileException">A file of this coordinator's own credentials cannot be used.</exception>
    public GrpcChannel Connect(CoordinatorIdentity peer) => _channels.GetOrAdd(peer.Address, address => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = CoordinatorHandler.Create(options.Peers, insecureAllowRemote: true, reports, time),
    }));

    /// <summary>What a call carries on: the caller's own token, where it has shown one.</summary>
    public Metadata HeadersFor(ServerCallContext context)
    {
        var headers = new Metadata { { ForwardedHeader, self.Id } };
        if (context.RequestHeaders.GetValue(AuthorizationHeader) is { } authorization) headers.Add(AuthorizationHeader, authorization);
        return headers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GrpcChannel channel in _channels.Values) channel.Dispose();
    }
}
