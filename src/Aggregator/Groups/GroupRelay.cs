using Maml.Cluster.Aggregator.Upstream;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>Has the chunks of one lease computed by the aggregator's own workers, and answers it.</summary>
internal sealed class GroupRelay(RoundDispatcher dispatcher, Outbox outbox, ILogger logger)
{
    /// <summary>Relays a lease. Cancelling it abandons its chunks and answers nothing.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="run">Its run.</param>
    /// <param name="theta">θ, held by the caller until the task has ended.</param>
    /// <param name="cancellationToken">The lease is void, or the session over.</param>
    public async Task RunAsync(ChunkLease lease, RunContext run, ParametersVersion theta, CancellationToken cancellationToken)
    {
        try
        {
            await AnswerAsync(lease, run, await ComputeAsync(lease, run, theta, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is FormatException or RoundFailedException)
        {
            logger.GroupFailed(lease.LeaseId, lease.RunId, e.Message);
            await outbox.PostAsync([GroupAnswers.Failure(lease.LeaseId, e.Message)], cancellationToken);
        }
    }

    private async Task<GroupSum> ComputeAsync(ChunkLease lease, RunContext run, ParametersVersion theta, CancellationToken cancellationToken)
    {
        IReadOnlyList<Chunk> chunks = GroupChunks.Of(lease);
        var sum = new GroupSum(chunks.Count, run.Vectors);
        using Round round = dispatcher.Start(new RoundWork
        {
            Run = run,
            Parameters = theta,
            Iteration = (long)lease.Iteration,
            Purpose = lease.Purpose,
            InnerSteps = (int)lease.InnerSteps,
            WholeCurve = lease.WholeCurve,
            Query = (int)lease.Query,
            Chunks = chunks,
        });
        await foreach (ChunkOutcome outcome in round.ReadAllAsync(cancellationToken)) sum.Add(outcome);
        return sum;
    }

    private ValueTask AnswerAsync(ChunkLease lease, RunContext run, GroupSum sum, CancellationToken cancellationToken)
    {
        float[]? gradient = lease.Purpose == ChunkPurpose.MetaGradient ? sum.TakeGradient() : null;
        WorkerMessage[] messages = GroupAnswers.Result(lease, sum, gradient, run.Configuration.Outer.GradientPrecision);
        return outbox.PostAsync(messages, gradient is null ? null : () => run.Vectors.Return(gradient), cancellationToken);
    }
}
