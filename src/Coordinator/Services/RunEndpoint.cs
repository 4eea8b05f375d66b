using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.News;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>The life of runs, for clients.</summary>
internal sealed class RunEndpoint(RunManager manager, RunRegistry runs, ShutdownSignal shutdown, AdmissionGates gates) : RunService.RunServiceBase
{
    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<Protos.V1.Run> StartRun(StartRunRequest request, ServerCallContext context) => AnswerAsync(() =>
    {
        if (request.Configuration is null) throw RpcFaults.Invalid("configuration: found nothing, expected a complete configuration.");
        return manager.StartAsync(RunConfigurationMessages.FromMessage(request.Configuration), request.Preset, context.CancellationToken);
    });

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<Protos.V1.Run> StopRun(StopRunRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        Runs.Run run = runs.Get(request.RunId);
        await RunManager.StopAsync(run, context.CancellationToken);
        return run;
    });

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<Protos.V1.Run> PauseRun(PauseRunRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        Runs.Run run = runs.Get(request.RunId);
        await RunManager.PauseAsync(run, context.CancellationToken);
        return run;
    });

    /// <inheritdoc/>
    [Allow(Role.Operator)]
    public override Task<Protos.V1.Run> ResumeRun(ResumeRunRequest request, ServerCallContext context) =>
        AnswerAsync(() => manager.ResumeAsync(request.RunId, context.CancellationToken));

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override Task<Protos.V1.Run> GetRun(GetRunRequest request, ServerCallContext context) =>
        AnswerAsync(() => Task.FromResult(runs.Get(request.RunId)));

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListRunsResponse { Runs = { runs.List().Select(run => RunMessages.ToMessage(run.Snapshot)) } });

    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override async Task WatchRun(WatchRunRequest request, IServerStreamWriter<RunEvent> responseStream, ServerCallContext context)
    {
        Runs.Run run = Find(request.RunId);
        using IDisposable admission = gates.Watchers.Enter();
        RunSubscription subscription = run.Subscribe();
        using var client = new ClientStream<RunEvent>(responseStream, context, shutdown);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        try
        {
            await foreach (RunNews news in subscription.ReadCalmlyAsync(ended.Token))
                await client.WriteAsync(RunMessages.ToMessage(news));
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw ShutdownSignal.Fault();
        }
        finally
        {
            run.Unsubscribe(subscription);
        }
    }

    private static async Task<Protos.V1.Run> AnswerAsync(Func<Task<Runs.Run>> act)
    {
        try
        {
            return RunMessages.ToMessage((await act()).Snapshot);
        }
        catch (Exception e) when (RpcFaults.IsForClients(e))
        {
            throw RpcFaults.ToRpcException(e);
        }
    }

    private Runs.Run Find(string runId)
    {
        try
        {
            return runs.Get(runId);
        }
        catch (RunNotFoundException e)
        {
            throw RpcFaults.ToRpcException(e);
        }
    }
}
