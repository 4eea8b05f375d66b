using System.Diagnostics;
using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Sessions.Data;
using Maml.Cluster.Worker.Telemetry;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Computes the chunks that a session holds, one after the other, and answers each: with a result, a failure, or not at all when it was revoked.</summary>
internal sealed class ChunkLoop(
    ChunkQueue chunks, Outbox outbox, ChunkComputer computer, ChunkAnswers answers, DataSetProvider dataSets, DataSetService.DataSetServiceClient coordinator,
    WorkerMetrics metrics, TimeProvider timeProvider, ILogger<ChunkLoop> logger)
{
    /// <summary>Runs until the queue is closed and empty.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (HeldChunk chunk in chunks.ReadAllAsync(cancellationToken))
        {
            if (chunk.IsRevoked) Drop(chunk.Lease);
            else await AnswerAsync(chunk, cancellationToken);
            chunks.Release(chunk);
            if (chunks.IsEmpty) await DrawAheadAsync(chunk.Run, cancellationToken);
        }
    }

    // While the coordinator waits for the others, and averages, and sends.
    private async Task DrawAheadAsync(AttachedRun run, CancellationToken cancellationToken)
    {
        if (run.TakeForecast() is not { } forecast) return;
        try
        {
            ImageDataSet? dataSet = await FindDataSetAsync(run, cancellationToken);
            await computer.DrawAheadAsync(ChunkRequests.Read(forecast, run, dataSet), cancellationToken);
        }
        catch (ChunkException)
        {
            // Nobody has asked for it yet; the lease, should it come, meets the same fault and reports it.
        }
    }

    private void Drop(ChunkLease lease)
    {
        metrics.Ended(ChunkEnd.Revoked);
        SessionLog.ChunkDropped(logger, lease.LeaseId, lease.RunId);
    }

    private async Task PostAsync(HeldChunk chunk, ChunkAnswer answer, CancellationToken cancellationToken)
    {
        if (chunk.IsRevoked)
        {
            Drop(chunk.Lease);
            return;
        }

        if (answer.Messages[0].Result is { } result) metrics.Completed(chunk.Lease.Tasks.Count, result.Timings);
        else metrics.Ended(ChunkEnd.Failed);
        await outbox.PostAsync(answer.Messages, answer.Written, cancellationToken);
    }

    private async Task AnswerAsync(HeldChunk chunk, CancellationToken cancellationToken)
    {
        ChunkLease lease = chunk.Lease;
        using Activity? span = WorkerTracing.StartChunk(lease);
        Task? posted = null;
        try
        {
            ImageDataSet? dataSet = await FindDataSetAsync(chunk.Run, cancellationToken);
            TimeSpan queued = timeProvider.GetElapsedTime(chunk.Arrived);
            await await computer.ComputeAsync(ChunkRequests.Read(chunk, dataSet), Conclude, cancellationToken);

            Task Conclude(ChunkOutcome outcome)
            {
                SessionLog.ChunkDone(logger, lease.LeaseId, lease.RunId, lease.Tasks.Count, outcome.Compute.TotalSeconds);
                ChunkAnswer answer = answers.Result(lease, outcome, queued, chunk.Run.Configuration!.Outer.GradientPrecision, chunk.Run.Vectors!);
                return posted = PostAsync(chunk, answer, cancellationToken);
            }
        }
        catch (ChunkException e) when (posted is null)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            SessionLog.ChunkFailed(logger, lease.LeaseId, lease.RunId, e.Message, e.InnerException);
            await PostAsync(chunk, ChunkAnswers.Failure(lease.LeaseId, e.Message), cancellationToken);
        }
    }

    // Asked for with every chunk: it costs a comparison once the data set is there, and a failed download is tried again.
    private async Task<ImageDataSet?> FindDataSetAsync(AttachedRun run, CancellationToken cancellationToken)
    {
        if (run.DataSetHash.Length == 0) return null;
        try
        {
            return await dataSets.GetAsync(run.DataSetHash, coordinator, cancellationToken);
        }
        catch (DataSetException e)
        {
            throw new ChunkException(e.Message, e);
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChunkException($"Data set {run.DataSetHash} could not be downloaded: {e.Status.Detail}", e);
        }
    }
}
