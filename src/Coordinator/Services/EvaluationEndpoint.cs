using System.Threading.Channels;
using Grpc.Core;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Evaluation on held-out tasks, for clients.</summary>
internal sealed class EvaluationEndpoint(EvaluationTargets targets, RequestedEvaluations evaluations, ShutdownSignal shutdown, AdmissionGates gates, CoordinatorLimits limits)
    : EvaluationService.EvaluationServiceBase
{
    private const uint MaximumInnerSteps = 1_000;

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override async Task Evaluate(EvaluateRequest request, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        using IDisposable admission = gates.Evaluations.Enter();
        using var client = new ClientStream<EvaluateResponse>(responseStream, context, shutdown);
        await ClientCall.AnswerAsync(context, shutdown, async ended =>
        {
            EvaluationTarget target = RequestedTarget.Find(
                targets, request.HasRunId ? request.RunId : null, request.HasCheckpoint ? request.Checkpoint : null, request.Choice, request.Iteration);
            EvaluationPlan plan = CreatePlan(request, target.Configuration, limits.TasksPerRequest);
            await EvaluateAsync(target, plan, client, ended);
            return true;
        });
    }

    private static EvaluationPlan CreatePlan(EvaluateRequest request, Shared.Configuration.RunConfiguration configuration, int maximumTasks)
    {
        Shared.Configuration.EvaluationConfiguration evaluation = configuration.Evaluation;
        if (request.Tasks > maximumTasks) throw RpcFaults.Invalid($"tasks: found {request.Tasks}, expected at most {maximumTasks}.");
        if (request.HasInnerSteps && request.InnerSteps > MaximumInnerSteps)
            throw RpcFaults.Invalid($"inner_steps: found {request.InnerSteps}, expected at most {MaximumInnerSteps}.");

        // What else a number of tasks, steps or query examples must fit, the configuration's own rules know.
        evaluation = evaluation with
        {
            Tasks = request.Tasks == 0 ? evaluation.Tasks : (int)request.Tasks,
            InnerSteps = request.HasInnerSteps ? (int)request.InnerSteps : evaluation.InnerSteps,
            Query = request.Query == 0 ? evaluation.Query : (int)Math.Min(request.Query, int.MaxValue),
        };
        IReadOnlyList<ConfigurationFault> faults = RunConfigurationValidator.Validate(configuration with { Evaluation = evaluation });
        return faults.Count == 0 ? EvaluationPlan.Of(evaluation) : throw new ConfigurationException("The request", faults);
    }

    private async Task EvaluateAsync(
        EvaluationTarget target, EvaluationPlan plan, ClientStream<EvaluateResponse> client, CancellationToken cancellationToken)
    {
        // Only the newest figure matters to a client that reads slowly.
        var progress = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task<EvaluationSummary> evaluating = EvaluateAndCompleteAsync(target, plan, progress.Writer, cancellationToken);
        await foreach (int done in progress.Reader.ReadAllAsync(cancellationToken))
            await client.WriteAsync(new EvaluateResponse { TasksDone = (uint)done, TasksTotal = (uint)plan.Tasks });

        await client.WriteAsync(new EvaluateResponse
        {
            TasksDone = (uint)plan.Tasks,
            TasksTotal = (uint)plan.Tasks,
            Result = RunMessages.ToMessage(await evaluating),
        });
    }

    private async Task<EvaluationSummary> EvaluateAndCompleteAsync(
        EvaluationTarget target, EvaluationPlan plan, ChannelWriter<int> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await evaluations.EvaluateAsync(target, plan, done => progress.TryWrite(done), cancellationToken);
        }
        finally
        {
            progress.TryComplete();
        }
    }
}
