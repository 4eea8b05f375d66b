using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Training;

/// <summary>One <c>maml train</c>: starts a coordinator and workers, follows the run, and stops it when asked.</summary>
internal sealed class TrainingSession(TrainingRequest request, ITrainingDisplay display, TimeProvider time)
{
    // With what the workers and the coordinator need to leave, this keeps Ctrl-C below its five seconds.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3.5);

    /// <summary>Trains to the end, or until <paramref name="interrupt"/>, which stops the run with a checkpoint.</summary>
    /// <returns>The run at its end.</returns>
    /// <exception cref="CommandFailedException">The run failed, or a worker could not be kept alive.</exception>
    public async Task<TrainingProgress> RunAsync(CancellationToken interrupt)
    {
        await using MachineCluster cluster = await MachineCluster.StartAsync(request.Cluster, time, interrupt);
        var runs = new RunService.RunServiceClient(cluster.Channel);
        Run run = await request.Start.BeginAsync(runs, interrupt);
        cluster.WriteLogsTo(Path.Combine(run.Directory, "workers"));
        TrainingProgress progress = await FollowAsync(cluster, runs, run.RunId, interrupt);
        return progress.Run.State == RunState.Failed ? throw new CommandFailedException(progress.Run.Fault) : progress;
    }

    private async Task<TrainingProgress> FollowAsync(MachineCluster cluster, RunService.RunServiceClient runs, string runId, CancellationToken interrupt)
    {
        using var giveUp = new CancellationTokenSource();
        Task<TrainingProgress> shown = display.ShowAsync(RunFeed.WatchAsync(runs, runId, giveUp.Token));
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = interrupt.Register(interrupted.SetResult);
        Task first = await Task.WhenAny(shown, cluster.Failure, interrupted.Task);
        if (first == shown) return await shown;

        giveUp.CancelAfter(StopTime);
        try
        {
            await runs.StopRunAsync(new StopRunRequest { RunId = runId }, cancellationToken: giveUp.Token);
            TrainingProgress stopped = await shown;
            await first;
            return stopped;
        }
        catch (Exception exception) when (first == interrupted.Task && Failure.IsCancellation(exception))
        {
            throw new CommandFailedException(
                $"The run did not stop within {StopTime.TotalSeconds:0.0} s and was abandoned; its last checkpoint is kept in {request.Cluster.RunsDirectory}/{runId}.");
        }
    }
}
