using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Evaluation for clients of a cluster: where the run is under way, or anywhere if it is over.</summary>
internal sealed class ClusterEvaluationEndpoint(EvaluationEndpoint own, ForwardedCalls calls, RunCopies copies, ShutdownSignal shutdown) : EvaluationService.EvaluationServiceBase
{
    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task Evaluate(EvaluateRequest request, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        if (RunCopies.RunOf(request.HasRunId ? request.RunId : null, request.HasCheckpoint ? request.Checkpoint : null) is not { } runId)
            return own.Evaluate(request, responseStream, context);
        bool hasBegun = false;
        return calls.AnswerAsync(
            runId,
            context,
            () => AnswerAsync(),
            async (channel, options) =>
            {
                using var client = new ClientStream<EvaluateResponse>(responseStream, context, shutdown);
                using AsyncServerStreamingCall<EvaluateResponse> call = new EvaluationService.EvaluationServiceClient(channel).Evaluate(request, options);
                await foreach (EvaluateResponse next in call.ResponseStream.ReadAllAsync(options.CancellationToken))
                {
                    hasBegun = true;
                    await client.WriteAsync(next);
                }

                return true;
            },
            route => route is RunRoute.AtRest ? FetchAndAnswerAsync() : null,
            mayRepeat: () => !hasBegun);

        async Task<bool> AnswerAsync()
        {
            await own.Evaluate(request, responseStream, context);
            return true;
        }

        async Task<bool> FetchAndAnswerAsync()
        {
            await copies.FetchAsync(runId, context.CancellationToken);
            return await AnswerAsync();
        }
    }
}
