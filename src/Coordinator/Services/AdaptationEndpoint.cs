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
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        try
        {
            EvaluationTarget target = FindTarget(request);

            // A thousand pictures are a second of work.
            AdaptationTask task = await Task.Run(() => AdaptationTasks.Read(request, target.Configuration), ended.Token);
            IReadOnlyList<Prediction> predictions = await adapter.AdaptAsync(target, task, ended.Token);
            return new AdaptResponse
            {
                Labels = { task.Labels },
                Predictions = { predictions },
                RunId = target.Name,
                Iteration = (ulong)target.Iteration,
                InnerSteps = (uint)task.InnerSteps,
            };
        }
        catch (Exception e) when (RpcFaults.IsForClients(e))
        {
            throw RpcFaults.ToRpcException(e);
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The coordinator is shutting down."));
        }
    }

    private EvaluationTarget FindTarget(AdaptRequest request) => request.TargetCase switch
    {
        AdaptRequest.TargetOneofCase.RunId => targets.OfRun(request.RunId, request.Choice, request.Iteration),
        AdaptRequest.TargetOneofCase.Checkpoint when request.Choice == ParametersChoice.Unspecified => targets.OfCheckpoint(request.Checkpoint),
        AdaptRequest.TargetOneofCase.Checkpoint => throw RpcFaults.Invalid("choice: found one beside a checkpoint file, expected none, since a file has only one θ."),
        _ => throw RpcFaults.Invalid("target: found nothing, expected run_id or checkpoint."),
    };
}
