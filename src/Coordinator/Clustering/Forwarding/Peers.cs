using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Calls to other coordinators, on behalf of clients. Safe for use by several threads.</summary>
/// <param name="self">This coordinator.</param>
/// <param name="credentials">What it shows for callers who have shown no token.</param>
/// <param name="insecureAllowRemote">Whether plain text, callers' tokens in it, may leave this machine.</param>
/// <param name="reports">Told of files that cannot be used.</param>
/// <param name="time">The clock.</param>
internal sealed class Peers(CoordinatorIdentity self, ClientCredentials credentials, bool insecureAllowRemote, ISecurityReports reports, TimeProvider time) : IDisposable
{
    private const string ForwardedHeader = "maml-forwarded";
    private const string AuthorizationHeader = "authorization";

    // Their addresses come from the database: a caller's token goes nowhere that is less closed than this coordinator itself.
    private readonly RedirectRules _rules = new(self.Address, credentials, insecureAllowRemote);
    private readonly ConcurrentDictionary<Uri, GrpcChannel> _channels = new();

    /// <summary>Whether a call comes from another coordinator, which is to get an answer and nobody else's.</summary>
    public static bool IsForwarded(ServerCallContext context) => context.RequestHeaders.GetValue(ForwardedHeader) is not null;

    /// <summary>The channel to a coordinator.</summary>
    /// <exception cref="RpcException">It must not be dialled, or this coordinator's own credentials cannot be used.</exception>
    public GrpcChannel Connect(CoordinatorIdentity peer)
    {
        if (_rules.FaultOf(peer.Address) is { } fault)
        {
            throw Refuse(
                $"Coordinator {peer.Id} is not asked, since its address '{peer.Address}' must not be dialled from {self.Address}: {fault} "
                + "Set its cluster.advertisedAddress to one such as https://coordinator-1.example:5100.");
        }

        try
        {
            return _channels.GetOrAdd(peer.Address, Dial);
        }
        catch (SecurityFileException e)
        {
            // The paths are for who runs the coordinator.
            reports.Warn($"No call can be passed on to {peer.Address}: {e.Message}");
            throw Refuse($"Coordinator {peer.Id} is not asked, since the files of cluster.peers cannot be used here. The log of coordinator {self.Id} says why.");
        }
    }

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

    private GrpcChannel Dial(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = CoordinatorHandler.Create(credentials, insecureAllowRemote, reports, time),
    });

    // Nothing that passes by itself, so not UNAVAILABLE: calls must not be repeated.
    private static RpcException Refuse(string message) => new(new Status(StatusCode.FailedPrecondition, message));
}
