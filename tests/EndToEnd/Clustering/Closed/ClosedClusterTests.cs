using Grpc.Core;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>
/// A cluster that is closed works as one that is open does: whoever may ask is answered by any coordinator about any run, whoever may
/// not is refused by all of them, and workers find their run. On the real Orleans and a real PostgreSQL.
/// </summary>
public sealed class ClosedClusterTests(ShortRun undisturbed) : IClassFixture<ShortRun>
{
    // The coordinator that is asked for a run has it.
    private const int Owner = 0;
    private const int Wrong = 1;
    private const int OtherWrong = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [PostgresFact]
    public Task AnyCoordinator_Tokens_AnswersWhoMayAskAndRefusesOthers() => RequireAsync(ShownBy.Token);

    [PostgresFact]
    public Task AnyCoordinator_ClientCertificates_AnswersWhoMayAskAndRefusesOthers() => RequireAsync(ShownBy.Certificate);

    [PostgresFact]
    public async Task Coordinator_SiloWithoutCertificate_DoesNotJoinAndSaysWhy()
    {
        await using ClosedCluster cluster = await ClosedCluster.StartAsync(ShownBy.Token);
        await using MamlProcess intruder = cluster.StartIntruder();
        MamlResult end = await intruder.WaitAsync(Limit);
        end.ExitCode.ShouldBe(1, end.Errors);
        end.Errors.ShouldContain("which shows no certificate (cluster.silo), cannot join the other coordinators of cluster 'maml'", customMessage: end.Errors);
        end.Output.ShouldNotContain("Ctrl-C stops it");
        (await cluster.Runs(Owner, Role.Viewer).ListRunsAsync(new ListRunsRequest())).Runs.ShouldBeEmpty("the others go on");
    }

    private async Task RequireAsync(ShownBy shownBy)
    {
        await using ClosedCluster cluster = await ClosedCluster.StartAsync(shownBy);
        try
        {
            string runId = (await cluster.Runs(Owner, Role.Operator).StartRunAsync(ShortRun.CreateEndlessRequest())).RunId;
            foreach (int index in new[] { Owner, Wrong }) await RequireRefusalsAsync(cluster, index, runId);

            MamlProcess[] workers = [cluster.StartWorker(Wrong), cluster.StartWorker(OtherWrong)];

            // For as long as the run needs them: it is stopped in the end.
            foreach (MamlProcess worker in workers) await worker.WaitForTextAsync($"sends this worker to {cluster.AddressOf(Owner)}", Limit);
            await RequireAnswersAsync(cluster, runId);

            string shortId = (await cluster.Runs(Owner, Role.Operator).StartRunAsync(ShortRun.CreateRequest())).RunId;
            using var watcher = new RunWatcher(shortId, cluster.Runs(OtherWrong, Role.Viewer));
            Run ended = await watcher.Ended.WaitAsync(Limit);
            ended.State.ShouldBe(RunState.Completed, ended.Fault);
            ended.MetaParametersSha256.ShouldBe(undisturbed.Hash);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{cluster.Everything()}", e);
        }
    }

    // All that can be asked about a run, at coordinators that do not have it.
    private static async Task RequireAnswersAsync(ClosedCluster cluster, string runId)
    {
        RunService.RunServiceClient client = cluster.Runs(Wrong, Role.Operator), viewer = cluster.Runs(OtherWrong, Role.Viewer);
        using (var watcher = new RunWatcher(runId, viewer)) await watcher.WaitForAsync(5, Limit);
        (await viewer.GetRunAsync(new GetRunRequest { RunId = runId })).Iteration.ShouldBeGreaterThanOrEqualTo(5UL);
        (await viewer.ListRunsAsync(new ListRunsRequest())).Runs.ShouldHaveSingleItem().Iteration.ShouldBeGreaterThanOrEqualTo(5UL, "the owner tells, not the record");

        EvaluationResult result = await EvaluateAsync(new EvaluationService.EvaluationServiceClient(cluster.Dial(Wrong, cluster.Secrets.Client(Role.Operator))), runId);
        result.Tasks.ShouldBe(20u);
        result.Iteration.ShouldBeGreaterThanOrEqualTo(5UL);

        Run paused = await client.PauseRunAsync(new PauseRunRequest { RunId = runId });
        paused.State.ShouldBe(RunState.Paused);
        (await cluster.Runs(Owner, Role.Viewer).GetRunAsync(new GetRunRequest { RunId = runId })).State.ShouldBe(RunState.Paused);
        await client.ResumeRunAsync(new ResumeRunRequest { RunId = runId });
        using (var watcher = new RunWatcher(runId, viewer)) await watcher.WaitForAsync(paused.Iteration + 1, Limit);
        (await client.StopRunAsync(new StopRunRequest { RunId = runId })).State.ShouldBe(RunState.Stopped);
    }

    private static async Task RequireRefusalsAsync(ClosedCluster cluster, int index, string runId)
    {
        ClusterSecrets secrets = cluster.Secrets;
        foreach ((string who, ClientCredentials shown, StatusCode expected) in new[]
        {
            ("nobody", secrets.Nobody, StatusCode.Unauthenticated), ("a stranger", secrets.Stranger, StatusCode.Unauthenticated),
            ("a worker", secrets.Client(Role.Worker), StatusCode.PermissionDenied),
        })
        {
            CallInvoker dialled = cluster.Dial(index, shown);
            var runs = new RunService.RunServiceClient(dialled);
            Func<Task>[] calls =
            [
                async () => await runs.GetRunAsync(new GetRunRequest { RunId = runId }),
                async () => await runs.ListRunsAsync(new ListRunsRequest()),
                async () => await runs.WatchRun(new WatchRunRequest { RunId = runId }).ResponseStream.MoveNext(),
                async () => await runs.PauseRunAsync(new PauseRunRequest { RunId = runId }),
                async () => await runs.StopRunAsync(new StopRunRequest { RunId = runId }),
                async () => await EvaluateAsync(new EvaluationService.EvaluationServiceClient(dialled), runId),

                // Nor does it help to pass for another coordinator.
                async () => await runs.ListRunsAsync(new ListRunsRequest(), new Metadata { { "maml-forwarded", "test" } }),
            ];
            foreach (Func<Task> call in calls) (await Should.ThrowAsync<RpcException>(call)).StatusCode.ShouldBe(expected, $"{who} at coordinator {index}");
        }

        // Who may look may not touch.
        (await Should.ThrowAsync<RpcException>(async () => await cluster.Runs(index, Role.Viewer).StopRunAsync(new StopRunRequest { RunId = runId })))
            .StatusCode.ShouldBe(StatusCode.PermissionDenied);
    }

    private static async Task<EvaluationResult> EvaluateAsync(EvaluationService.EvaluationServiceClient client, string runId)
    {
        using AsyncServerStreamingCall<EvaluateResponse> call = client.Evaluate(new EvaluateRequest { RunId = runId, Tasks = 20 });
        EvaluationResult? result = null;
        await foreach (EvaluateResponse next in call.ResponseStream.ReadAllAsync()) result = next.Result ?? result;
        return result.ShouldNotBeNull();
    }
}
