namespace Maml.Cluster.Coordinator.Runs.Admission;

/// <summary>A run's place among the active ones, or in the queue. Disposing it gives the place to the next.</summary>
internal sealed class RunTicket(RunSlots slots) : IDisposable
{
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    /// <summary>Completes when the run may be active.</summary>
    public Task Granted => _granted.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) slots.Leave(this);
    }

    internal void Grant() => _granted.SetResult();
}
