using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>A run as others see it: its state, its news, and the wish that it stop. Safe for use by several threads.</summary>
/// <param name="initial">How it begins.</param>
internal sealed class Run(RunSnapshot initial) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RunSubscription> _subscriptions = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopRequested = new();
    private RunSnapshot _snapshot = initial;

    /// <summary>Identifier, also the name of its folder.</summary>
    public string RunId => Snapshot.RunId;

    /// <summary>The run as it is now.</summary>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>θ as it is now; null before there is one and after the run's end, when its checkpoint has it.</summary>
    public ParametersVersion? Parameters { get; set; }

    /// <summary>Completes when the run has ended, its files written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Cancelled when the run shall stop.</summary>
    public CancellationToken StopRequested => _stopRequested.Token;

    /// <summary>Asks the run to stop after the iteration at hand.</summary>
    public Task RequestStopAsync() => _stopRequested.CancelAsync();

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

    /// <summary>Notes an iteration.</summary>
    public void Add(IterationRecord iteration) =>
        Change(new RunNews.Iterated(iteration), run => run with { Iteration = iteration.Iteration });

    /// <summary>Notes an evaluation.</summary>
    public void Add(EvaluationSummary evaluation) => Change(
        new RunNews.Evaluated(evaluation),
        run => run with { Evaluation = evaluation, InitialEvaluation = run.InitialEvaluation ?? (evaluation.Iteration == 0 ? evaluation : null) });

    /// <summary>Notes a checkpoint.</summary>
    public void AddCheckpoint(long iteration, string path) => Change(new RunNews.Saved(iteration, path), run => run);

    /// <inheritdoc/>
    public void Dispose() => _stopRequested.Dispose();

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
