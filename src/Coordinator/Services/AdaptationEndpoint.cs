using Grpc.Core;
using Maml.Cluster.Coordinator.Adaptation;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Few-shot learning, for clients.</summary>
internal sealed class AdaptationEndpoint(EvaluationTargets targets, Adapter adapter, ShutdownSignal shutdown, AdmissionGates gates)
    : AdaptationService.AdaptationServiceBase
{
    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override async Task<AdaptResponse> Adapt(AdaptRequest request, ServerCallContext context)
    {
        using IDisposable admission = gates.Adaptations.Enter();
        return await ClientCall.AnswerAsync(context, shutdown, async ended =>
        {
            EvaluationTarget target = RequestedTarget.Find(
                targets, request.HasRunId ? request.RunId : null, request.HasCheckpoint ? request.Checkpoint : null, request.Choice, request.Iteration);

            // A thousand pictures are a second of work.
            AdaptationTask task = await Task.Run(() => AdaptationTasks.Read(request, target.Configuration), ended);
            IReadOnlyList<Prediction> predictions = await adapter.AdaptAsync(target, task, ended);
            return new AdaptResponse
            {
                Labels = { task.Labels },
                Predictions = { predictions },
                RunId = target.Name,
                Iteration = (ulong)target.Iteration,
                InnerSteps = (uint)task.InnerSteps,
            };
        });
    }
}
