using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Workers;

namespace Maml.Cluster.Coordinator.Runs.Admission;

/// <summary>
/// A run's place among the active ones over its life: it is waited for at the start, given up for a pause, and waited for again. For
/// the run's own loop.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="slots">All places.</param>
/// <param name="ticket">The run's place, or its place in the queue.</param>
/// <param name="workers">Decide what state an active run is in.</param>
/// <param name="storage">Says when a paused run should try again to write what it could not.</param>
/// <param name="keepState">Writes down whether the run is paused.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of pauses and waits.</param>
internal sealed class RunPlace(
    Run run, RunSlots slots, RunTicket ticket, WorkerRegistry workers, RunStorage storage, Action keepState, TimeProvider time, ILogger<RunPlace> logger) : IDisposable
{
    private RunTicket _ticket = ticket;

    /// <summary>Takes the place if it is free and the run need not be paused, so that the answer to who started it says what it does.</summary>
    public void Enter()
    {
        if (run.Control.IsPauseRequested) return;
        if (_ticket.Granted.IsCompleted) Activate();
        else Queue();
        keepState();
    }

    /// <summary>Returns when the run may compute: at once, unless it is to be paused or has to wait.</summary>
    /// <param name="save">Writes a checkpoint, before a pause.</param>
    /// <exception cref="OperationCanceledException">The run shall end.</exception>
    public async Task HoldAsync(Action save)
    {
        CancellationToken ending = run.Control.Ending;
        ending.ThrowIfCancellationRequested();
        while (!run.Snapshot.State.IsActive() || run.Control.IsPauseRequested)
        {
            if (run.Control.IsPauseRequested) await PauseAsync(save, ending);
            else await WaitAsync(ending);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ticket.Dispose();

    private async Task PauseAsync(Action save, CancellationToken ending)
    {
        await OwnThread.Take();
        Task resumed = run.Control.Resumed;
        _ticket.Dispose();
        save();
        if (run.TryBecome(RunState.Paused)) logger.Paused(run.RunId, run.Snapshot.Iteration);
        keepState();
        while (!resumed.IsCompleted && storage.NextAttempt is { } delay)
        {
            await Task.WhenAny(resumed, Task.Delay(delay, time, ending));
            ending.ThrowIfCancellationRequested();
            save();
            keepState();
        }

        await resumed.WaitAsync(ending);
        _ticket = slots.Reenter();
        Enter();
    }

    private async Task WaitAsync(CancellationToken ending)
    {
        if (!_ticket.Granted.IsCompleted) Queue();
        using RunInterruption interruption = run.Control.BeginWork(TimeSpan.Zero);
        try
        {
            await _ticket.Granted.WaitAsync(interruption.Token);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            // It is paused while it waits.
            return;
        }

        Activate();
    }

    private void Queue()
    {
        if (run.TryBecome(RunState.Queued)) logger.Queued(run.RunId, slots.Queued);
    }

    private void Activate()
    {
        run.Activate(workers.Count);
        if (workers.Count == 0) logger.WaitsForWorkers(run.RunId);

        // A worker may have come or gone between the two.
        run.Follow(() => workers.Count);
    }
}
