using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Sessions.Chunks;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Takes in what the coordinator says: runs, θ and chunks. All of it on the loop that reads the stream.</summary>
internal sealed class Inbox(
    ChunkQueue chunks, Outbox outbox, RunEpochs epochs, Doors doors, RedirectRules rules, HandoverReader? handover, TimeProvider timeProvider,
    ILogger<Inbox> logger)
{
    private readonly Dictionary<string, AttachedRun> _runs = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _drainRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _redirected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the reason when the coordinator asks the worker to leave.</summary>
    public Task<string> DrainRequested => _drainRequested.Task;

    /// <summary>Completes with an address when the coordinator wants the worker to go there.</summary>
    public Task<Uri> Redirected => _redirected.Task;

    /// <summary>Takes in messages until the coordinator ends the stream.</summary>
    /// <exception cref="ProtocolException">A message is not what the contract allows.</exception>
    /// <exception cref="RpcException">The stream broke.</exception>
    public async Task ReadAllAsync(IAsyncStreamReader<CoordinatorMessage> stream, CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken)) await HandleAsync(stream.Current, cancellationToken);
    }

    private ValueTask HandleAsync(CoordinatorMessage message, CancellationToken cancellationToken)
    {
        switch (message.MessageCase)
        {
            case CoordinatorMessage.MessageOneofCase.Run: return AddAsync(message.Run, cancellationToken);
            case CoordinatorMessage.MessageOneofCase.Parameters: Add(message.Parameters); break;
            case CoordinatorMessage.MessageOneofCase.Chunk: return AddAsync(message.Chunk, cancellationToken);
            case CoordinatorMessage.MessageOneofCase.Forecast: Foresee(message.Forecast); break;
            case CoordinatorMessage.MessageOneofCase.Revoked: chunks.Revoke(message.Revoked.LeaseId); break;
            case CoordinatorMessage.MessageOneofCase.Forgotten: Forget(message.Forgotten.RunId); break;
            case CoordinatorMessage.MessageOneofCase.Drain: _drainRequested.TrySetResult(message.Drain.Reason); break;
            case CoordinatorMessage.MessageOneofCase.Redirect: _redirected.TrySetResult(rules.Read(message.Redirect)); break;
            case CoordinatorMessage.MessageOneofCase.Coordinators: doors.Learn(rules.Read(message.Coordinators)); break;
            case CoordinatorMessage.MessageOneofCase.Welcome: throw new ProtocolException("The coordinator sent a second welcome; expected one, at the start.");
            default: throw new ProtocolException("The coordinator sent a message of a kind that this version does not know; both should run the same version.");
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask AddAsync(RunSpecification specification, CancellationToken cancellationToken)
    {
        if (epochs.Admit(specification.RunId, specification.Epoch) is { } seen)
        {
            _runs[specification.RunId] = AttachedRun.Stale(specification, seen);
            SessionLog.EpochRefused(logger, specification.RunId, specification.Epoch, seen);
            var stale = new StaleEpoch { RunId = specification.RunId, Epoch = specification.Epoch, Seen = seen };
            return outbox.PostAsync([new WorkerMessage { StaleEpoch = stale }], cancellationToken);
        }

        AttachedRun run = AttachedRun.From(specification, handover);
        _runs[run.RunId] = run;
        if (run.Fault is null) SessionLog.RunSpecified(logger, run.RunId, specification.ParameterCount);
        else SessionLog.RunRefused(logger, run.RunId, run.Fault);
        return ValueTask.CompletedTask;
    }

    private void Add(VectorFrame frame)
    {
        if (!_runs.TryGetValue(frame.RunId, out AttachedRun? run))
            throw new ProtocolException($"The coordinator sent θ of run '{frame.RunId}' without its specification.");
        try
        {
            run.Parameters?.Add(frame);
        }
        catch (FormatException e)
        {
            throw new ProtocolException(e.Message, e);
        }
        finally
        {
            PooledFrames.Return(frame);
        }
    }

    private ValueTask AddAsync(ChunkLease lease, CancellationToken cancellationToken)
    {
        if (!_runs.TryGetValue(lease.RunId, out AttachedRun? run))
            return RefuseAsync(lease, $"run '{lease.RunId}' was not specified on this stream", cancellationToken);
        if (run.Fault is not null) return RefuseAsync(lease, run.Fault, cancellationToken);
        if (epochs.Admit(lease.RunId, lease.Epoch) is { } seen)
            return RefuseAsync(lease, $"it is of epoch {lease.Epoch}, but epoch {seen} was seen of run '{lease.RunId}'", cancellationToken);
        if (run.Parameters!.Find(lease.ParametersVersion) is not { } theta)
            return RefuseAsync(lease, $"version {lease.ParametersVersion} of θ is not here; the newest {ParameterShelf.Capacity} that were sent are kept", cancellationToken);

        // A chunk that crosses the announcement to leave is not answered: the end of the stream, which is near, gives its lease back,
        // while a failure would count against the chunk.
        chunks.TryAdd(new HeldChunk(lease, run, theta, timeProvider.GetTimestamp()));
        return ValueTask.CompletedTask;
    }

    private void Foresee(ChunkLease forecast)
    {
        if (_runs.TryGetValue(forecast.RunId, out AttachedRun? run)) run.Foresee(forecast);
    }

    private ValueTask RefuseAsync(ChunkLease lease, string reason, CancellationToken cancellationToken)
    {
        SessionLog.ChunkFailed(logger, lease.LeaseId, lease.RunId, reason, null);
        return outbox.PostAsync(ChunkAnswers.Failure(lease.LeaseId, reason).Messages, cancellationToken);
    }

    private void Forget(string runId)
    {
        chunks.RevokeRun(runId);
        _runs.Remove(runId);
        SessionLog.RunForgotten(logger, runId);
    }
}
