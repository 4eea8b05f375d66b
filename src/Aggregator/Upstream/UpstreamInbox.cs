using Grpc.Core;
using Maml.Cluster.Aggregator.Groups;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Takes in what the coordinator says: runs, θ and leases. All of it on the loop that reads the stream.</summary>
internal sealed class UpstreamInbox(
    RoundDispatcher dispatcher, HeldLeases leases, Outbox outbox, RunEpochs epochs, Doors doors, RedirectRules rules, ILogger logger)
{
    private readonly Dictionary<string, RelayedRun> _runs = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _drainRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _redirected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the reason when the coordinator asks the aggregator to leave.</summary>
    public Task<string> DrainRequested => _drainRequested.Task;

    /// <summary>Completes with an address when the coordinator wants the aggregator to go there.</summary>
    public Task<Uri> Redirected => _redirected.Task;

    /// <summary>Takes in messages until the coordinator ends the stream.</summary>
    /// <exception cref="ProtocolException">A message is not what the contract allows.</exception>
    /// <exception cref="RpcException">The stream broke.</exception>
    public async Task ReadAllAsync(IAsyncStreamReader<CoordinatorMessage> stream, CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken)) await HandleAsync(stream.Current, cancellationToken);
    }

    /// <summary>
    /// Lets go of everything, and has the aggregator's workers do so: what the next session brings under the same names may be something else.
    /// For when the stream has ended.
    /// </summary>
    public void Forget()
    {
        foreach (string run in _runs.Keys.ToArray()) Forget(run);
    }

    private ValueTask HandleAsync(CoordinatorMessage message, CancellationToken cancellationToken)
    {
        switch (message.MessageCase)
        {
            case CoordinatorMessage.MessageOneofCase.Run: return AddAsync(message.Run, cancellationToken);
            case CoordinatorMessage.MessageOneofCase.Parameters: Add(message.Parameters); break;
            case CoordinatorMessage.MessageOneofCase.Chunk: return AddAsync(message.Chunk, cancellationToken);
            case CoordinatorMessage.MessageOneofCase.Revoked: leases.Void(message.Revoked.LeaseId); break;
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
            _runs[specification.RunId] = RelayedRun.Stale(specification, seen);
            logger.EpochRefused(specification.RunId, specification.Epoch, seen);
            var stale = new StaleEpoch { RunId = specification.RunId, Epoch = specification.Epoch, Seen = seen };
            return outbox.PostAsync([new WorkerMessage { StaleEpoch = stale }], cancellationToken);
        }

        var run = RelayedRun.From(specification);
        _runs[run.RunId] = run;
        if (run.Fault is not null) logger.RunRefused(run.RunId, run.Fault);
        return ValueTask.CompletedTask;
    }

    private void Add(VectorFrame frame)
    {
        try
        {
            if (!_runs.TryGetValue(frame.RunId, out RelayedRun? run))
                throw new ProtocolException($"The coordinator sent θ of run '{frame.RunId}' without its specification.");
            run.Add(frame);
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
        if (!_runs.TryGetValue(lease.RunId, out RelayedRun? run))
            return RefuseAsync(lease, $"run '{lease.RunId}' was not specified on this stream", cancellationToken);
        if (run.Fault is not null) return RefuseAsync(lease, run.Fault, cancellationToken);
        if (epochs.Admit(lease.RunId, lease.Epoch) is { } seen)
            return RefuseAsync(lease, $"it is of epoch {lease.Epoch}, but epoch {seen} was seen of run '{lease.RunId}'", cancellationToken);
        if (run.Hold(lease.ParametersVersion) is not { } theta)
            return RefuseAsync(lease, $"version {lease.ParametersVersion} of θ is not here", cancellationToken);
        leases.Begin(lease, run, theta);
        return ValueTask.CompletedTask;
    }

    private ValueTask RefuseAsync(ChunkLease lease, string reason, CancellationToken cancellationToken)
    {
        logger.GroupFailed(lease.LeaseId, lease.RunId, reason);
        return outbox.PostAsync([GroupAnswers.Failure(lease.LeaseId, reason)], cancellationToken);
    }

    private void Forget(string runId)
    {
        leases.VoidRun(runId);
        if (_runs.Remove(runId, out RelayedRun? run)) run.Forget();
        dispatcher.Forget(runId);
    }
}
