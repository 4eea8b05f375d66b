namespace Maml.Cluster.Coordinator.Runs;

/// <summary>
/// What is asked of a run from outside: that it pause, go on, stop, or leave off because the coordinator shuts down. The run's loop
/// obeys between iterations. Safe for use by several threads.
/// </summary>
internal sealed class RunControl : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _pausing = new();
    private TaskCompletionSource? _resumed;

    /// <summary>Cancelled when the run shall end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>
    /// How the run shall end: <see cref="RunState.Stopped"/> or <see cref="RunState.Suspended"/>; the first wish counts. Or else
    /// <see cref="RunState.Moved"/>, which is no wish and counts before any.
    /// </summary>
    public RunState? End { get; private set; }

    /// <summary>Whether the run shall be paused.</summary>
    public bool IsPauseRequested
    {
        get
        {
            lock (_gate) return _resumed is not null;
        }
    }

    /// <summary>Completes when the run need not be paused any more.</summary>
    public Task Resumed
    {
        get
        {
            lock (_gate) return _resumed?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Asks for the end.</summary>
    /// <param name="end"><see cref="RunState.Stopped"/> or <see cref="RunState.Suspended"/>.</param>
    public Task RequestEndAsync(RunState end)
    {
        lock (_gate) End ??= end;
        return _ending.CancelAsync();
    }

    /// <summary>Has the run leave this coordinator now, without another write: it may be another's already. Any thread may do so, and is not held up.</summary>
    public void Abandon()
    {
        lock (_gate) End = RunState.Moved;

        // What is cancelled may run on for long.
        _ = _leaving.CancelAsync();
        _ = _ending.CancelAsync();
    }

    /// <summary>Asks for a pause.</summary>
    public Task RequestPauseAsync()
    {
        lock (_gate)
        {
            _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _pausing.CancelAsync();
        }
    }

    /// <summary>Takes a pause back.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_resumed is null) return;
            _resumed.SetResult();
            _resumed = null;

            // Not disposed: interruptions of work that is just ending may still be registered with it.
            _pausing = new CancellationTokenSource();
        }
    }

    /// <summary>Work that a pause or the end interrupts.</summary>
    /// <param name="grace">Time that the work may still take, unless the run is abandoned.</param>
    public RunInterruption BeginWork(TimeSpan grace)
    {
        lock (_gate) return new RunInterruption(grace, _leaving.Token, _ending.Token, _pausing.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Dispose();
        _ending.Dispose();
        _pausing.Dispose();
    }
}
