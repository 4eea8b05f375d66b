using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.News;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>A run as others see it: its state, its news, and what is asked of it. Safe for use by several threads.</summary>
/// <param name="initial">How it begins.</param>
internal sealed class Run(RunSnapshot initial) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RunSubscription> _subscriptions = [];
    private readonly TaskCompletionSource _ended = CreateEnd(initial);
    private RunSnapshot _snapshot = initial;

    /// <summary>Identifier, also the name of its folder.</summary>
    public string RunId => Snapshot.RunId;

    /// <summary>The run as it is now.</summary>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>θ as it is now, held by its trainer; null before there is one and after the run's end, when its checkpoint has it.</summary>
    public ParametersVersion? Parameters { get; set; }

    /// <summary>θ as it is now, as a new vector; null where <see cref="Parameters"/> is.</summary>
    public float[]? CopyParameters()
    {
        // A version that nobody holds any more has been followed by another, which is here in a moment.
        for (var wait = new SpinWait(); Parameters is { } parameters; wait.SpinOnce())
        {
            if (!parameters.TryHold()) continue;
            float[] copy = parameters.Values.ToArray();
            parameters.Release();
            return copy;
        }

        return null;
    }

    /// <summary>Completes when the run has ended, its files written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What is asked of it.</summary>
    public RunControl Control { get; } = new();

    /// <summary>Follows the run: the run as it is now, then all news. End it with <see cref="Unsubscribe"/>.</summary>
    public RunSubscription Subscribe()
    {
        var subscription = new RunSubscription();
        lock (_gate)
        {
            subscription.Publish(new RunNews.Changed(_snapshot));
            if (_snapshot.State.IsEnded()) subscription.End();
            else _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(RunSubscription subscription)
    {
        lock (_gate) _subscriptions.Remove(subscription);
        subscription.Dispose();
    }

    /// <summary>Waits for a state.</summary>
    public async Task WhenAsync(Func<RunState, bool> isWanted, CancellationToken cancellationToken)
    {
        RunSubscription subscription = Subscribe();
        try
        {
            await foreach (RunNews news in subscription.ReadAllAsync(cancellationToken))
                if (news is RunNews.Changed changed && isWanted(changed.Run.State)) return;
        }
        finally
        {
            Unsubscribe(subscription);
        }
    }

    /// <summary>Changes the state where the rules allow it.</summary>
    /// <param name="state">The state to come.</param>
    /// <param name="change">What else changes with it.</param>
    /// <returns>Whether it changed.</returns>
    public bool TryBecome(RunState state, Func<RunSnapshot, RunSnapshot>? change = null)
    {
        lock (_gate)
        {
            if (!_snapshot.State.MayBecome(state)) return false;
            RunSnapshot next = _snapshot with { State = state };
            Volatile.Write(ref _snapshot, change?.Invoke(next) ?? next);
            Publish(new RunNews.Changed(_snapshot));
            if (!state.IsEnded()) return true;

            foreach (RunSubscription subscription in _subscriptions) subscription.End();
            _subscriptions.Clear();
        }

        Parameters = null;
        _ended.TrySetResult();
        return true;
    }

    /// <summary>Notes how many workers are attached, where that decides what state it is in.</summary>
    /// <param name="countWorkers">Counts those that are attached; asked under the run's own lock, so that the last to ask knows best.</param>
    /// <returns>Whether it changed its state.</returns>
    public bool Follow(Func<int> countWorkers)
    {
        lock (_gate) return _snapshot.State.IsActive() && TryBecome(StateWith(countWorkers()));
    }

    /// <summary>Takes its place among the active runs.</summary>
    /// <param name="workers">Workers attached.</param>
    public void Activate(int workers) => TryBecome(StateWith(workers));

    /// <summary>Goes back to where it goes on: what an earlier start has done since its checkpoint is done again.</summary>
    /// <param name="iteration">Iterations done at the checkpoint; 0 for a run that starts from the beginning.</param>
    /// <param name="hasCheckpoint">Whether there is a checkpoint of that iteration.</param>
    /// <param name="evaluations">Evaluations that were made until then.</param>
    public void Rewind(long iteration, bool hasCheckpoint, IEnumerable<EvaluationSummary> evaluations)
    {
        lock (_gate)
        {
            EvaluationSummary?[] known = [.. evaluations, _snapshot.InitialEvaluation, _snapshot.Evaluation];
            Volatile.Write(ref _snapshot, _snapshot with
            {
                Iteration = iteration,
                CheckpointIteration = hasCheckpoint ? iteration : null,
                InitialEvaluation = known.FirstOrDefault(evaluation => evaluation?.Iteration == 0),
                Evaluation = known.Where(evaluation => evaluation?.Iteration <= iteration).MaxBy(evaluation => evaluation!.Iteration),
                MetaParametersSha256 = "",
            });
            Publish(new RunNews.Changed(_snapshot));
        }
    }

    /// <summary>Notes an iteration.</summary>
    public void Add(IterationRecord iteration) =>
        Change(new RunNews.Iterated(iteration), run => run with
        {
            Iteration = iteration.Iteration,
            Latest = iteration,
            LatestCurve = iteration.HasWholeCurve ? iteration : run.LatestCurve,
        });

    /// <summary>Notes an evaluation.</summary>
    public void Add(EvaluationSummary evaluation) => Change(
        new RunNews.Evaluated(evaluation),
        run => run with { Evaluation = evaluation, InitialEvaluation = run.InitialEvaluation ?? (evaluation.Iteration == 0 ? evaluation : null) });

    /// <summary>Notes a checkpoint.</summary>
    /// <param name="iteration">Iterations done.</param>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="written">When it was written.</param>
    public void AddCheckpoint(long iteration, string path, long bytes, DateTimeOffset written) => Change(
        new RunNews.Saved(iteration, path),
        run => run with { CheckpointIteration = iteration, CheckpointBytes = bytes, CheckpointWritten = written });

    /// <summary>Notes that this coordinator sets it going, and under which epoch.</summary>
    public void Launch(DateTimeOffset now, long epoch)
    {
        lock (_gate) Volatile.Write(ref _snapshot, _snapshot with { Launched = now, Epoch = epoch });
    }

    /// <summary>Notes that files cannot be written, or with an empty text that they can again.</summary>
    public void SetStorageFault(string fault)
    {
        lock (_gate)
        {
            if (_snapshot.StorageFault == fault) return;
            Volatile.Write(ref _snapshot, _snapshot with { StorageFault = fault });
            Publish(new RunNews.Changed(_snapshot));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Control.Dispose();

    private static TaskCompletionSource CreateEnd(RunSnapshot initial)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (initial.State.IsEnded()) end.SetResult();
        return end;
    }

    private static RunState StateWith(int workers) => workers == 0 ? RunState.WaitingForWorkers : RunState.Running;

    private void Change(RunNews news, Func<RunSnapshot, RunSnapshot> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _snapshot, change(_snapshot));
            Publish(news);
        }
    }

    private void Publish(RunNews news)
    {
        foreach (RunSubscription subscription in _subscriptions) subscription.Publish(news);
    }
}
