using Grpc.Core;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using RunMessage = Maml.Cluster.Protos.V1.Run;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>The life of runs, for clients of a cluster: any coordinator answers about any run.</summary>
internal sealed class ClusterRunEndpoint(RunEndpoint own, ForwardedCalls calls, RunListing listing, RecordedRuns recorded, ForwardedWatch watch) : RunService.RunServiceBase
{
    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<RunMessage> StartRun(StartRunRequest request, ServerCallContext context) => own.StartRun(request, context);

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<RunMessage> StopRun(StopRunRequest request, ServerCallContext context) => calls.AnswerAsync(
        request.RunId,
        context,
        () => own.StopRun(request, context),
        async (channel, options) => await new RunService.RunServiceClient(channel).StopRunAsync(request, options),
        WhenAtRest);

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<RunMessage> PauseRun(PauseRunRequest request, ServerCallContext context) => calls.AnswerAsync(
        request.RunId,
        context,
        () => own.PauseRun(request, context),
        async (channel, options) => await new RunService.RunServiceClient(channel).PauseRunAsync(request, options),
        route => route is RunRoute.AtRest
            ? throw new RunConflictException($"Run '{request.RunId}' has ended; only a run that is under way can be paused.")
            : null);

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<RunMessage> ResumeRun(ResumeRunRequest request, ServerCallContext context) => calls.AnswerAsync(
        request.RunId,
        context,
        () => own.ResumeRun(request, context),
        async (channel, options) => await new RunService.RunServiceClient(channel).ResumeRunAsync(request, options),
        route => route is RunRoute.AtRest ? own.ResumeRun(request, context) : null);

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override Task<RunMessage> GetRun(GetRunRequest request, ServerCallContext context) => calls.AnswerAsync(
        request.RunId,
        context,
        () => own.GetRun(request, context),
        async (channel, options) => await new RunService.RunServiceClient(channel).GetRunAsync(request, options),
        WhenNobodyHasIt);

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context) =>
        Peers.IsForwarded(context) ? own.ListRuns(request, context) : listing.ListAsync(context);

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override Task WatchRun(WatchRunRequest request, IServerStreamWriter<RunEvent> responseStream, ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context);

    private Task<RunMessage>? WhenAtRest(RunRoute route) => route is RunRoute.AtRest ? WhenNobodyHasIt(route) : null;

    private Task<RunMessage>? WhenNobodyHasIt(RunRoute route) => route switch
    {
        RunRoute.AtRest(var entry) => Task.FromResult(RunMessages.ToMessage(recorded.Of(entry))),
        RunRoute.Adrift(var entry) => Task.FromResult(RunMessages.ToMessage(recorded.Of(entry))),
        _ => null,
    };
}
