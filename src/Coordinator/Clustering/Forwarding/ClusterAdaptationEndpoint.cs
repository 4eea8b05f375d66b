using Grpc.Core;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Few-shot learning for clients of a cluster: where the run is under way, or anywhere if it is over.</summary>
internal sealed class ClusterAdaptationEndpoint(AdaptationEndpoint own, ForwardedCalls calls, RunCopies copies) : AdaptationService.AdaptationServiceBase
{
    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<AdaptResponse> Adapt(AdaptRequest request, ServerCallContext context)
    {
        if (RunCopies.RunOf(request.HasRunId ? request.RunId : null, request.HasCheckpoint ? request.Checkpoint : null) is not { } runId)
            return own.Adapt(request, context);
        return calls.AnswerAsync(
            runId,
            context,
            () => own.Adapt(request, context),
            async (channel, options) => await new AdaptationService.AdaptationServiceClient(channel).AdaptAsync(request, options),
            route => route is RunRoute.AtRest ? FetchAndAnswerAsync() : null);

        async Task<AdaptResponse> FetchAndAnswerAsync()
        {
            await copies.FetchAsync(runId, context.CancellationToken);
            return await own.Adapt(request, context);
        }
    }
}
