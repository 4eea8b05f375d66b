using Grpc.Core;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Protos.V1;
using RunMessage = Maml.Cluster.Protos.V1.Run;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Lists all runs of a cluster: those under way as their owners have them, the others by their records.</summary>
internal sealed class RunListing(RunRouter router, RunRegistry runs, RecordedRuns recorded, Peers peers, ILogger<RunListing> logger)
{
    // A list is for people who wait; an owner that does not answer in time is about to lose its runs anyway.
    private static readonly TimeSpan PeerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Lists them, newest first.</summary>
    /// <exception cref="RpcException">The ledger cannot be reached.</exception>
    public async Task<ListRunsResponse> ListAsync(ServerCallContext context)
    {
        IReadOnlyList<(LedgerEntry Entry, RunRoute Route)> all;
        try
        {
            all = await router.ListAsync(context.CancellationToken);
        }
        catch (IOException e)
        {
            throw RpcFaults.ToRpcException(e);
        }

        CoordinatorIdentity[] owners = [.. all.Select(run => run.Route).OfType<RunRoute.Elsewhere>().Select(route => route.Owner).Distinct()];
        IReadOnlyList<RunMessage>[] elsewhere = await Task.WhenAll(owners.Select(owner => AskAsync(owner, context)));
        Dictionary<string, RunMessage> known = elsewhere.SelectMany(found => found).GroupBy(run => run.RunId).ToDictionary(group => group.Key, group => group.First());
        IEnumerable<RunMessage> listed = all.Select(run => OwnOf(run.Route, run.Entry) ?? known.GetValueOrDefault(run.Entry.RunId) ?? ByRecord(run.Entry)).OfType<RunMessage>();
        return new ListRunsResponse
        {
            Runs = { listed.OrderByDescending(run => run.Started.ToDateTimeOffset()).ThenByDescending(run => run.RunId, StringComparer.Ordinal) },
        };
    }

    private RunMessage? OwnOf(RunRoute route, LedgerEntry entry) =>
        route is RunRoute.Here && runs.Find(entry.RunId) is { } run ? RunMessages.ToMessage(run.Snapshot) : null;

    private async Task<IReadOnlyList<RunMessage>> AskAsync(CoordinatorIdentity owner, ServerCallContext context)
    {
        try
        {
            var client = new RunService.RunServiceClient(peers.Connect(owner));
            ListRunsResponse response = await client.ListRunsAsync(
                new ListRunsRequest(),
                new CallOptions(peers.HeadersFor(context), DateTime.UtcNow + PeerLimit, context.CancellationToken));

            // Those that it had once and lost are others' to tell about.
            return [.. response.Runs.Where(run => run.State != Protos.V1.RunState.Suspended)];
        }
        catch (RpcException e) when (!context.CancellationToken.IsCancellationRequested)
        {
            logger.PeerSilent(owner.Id, owner.Address, e.Status.Detail);
            return [];
        }
    }

    private RunMessage? ByRecord(LedgerEntry entry)
    {
        try
        {
            return RunMessages.ToMessage(recorded.Of(entry));
        }
        catch (RunRecordException e)
        {
            logger.RunPassedOver(e.Message);
            return null;
        }
    }
}
