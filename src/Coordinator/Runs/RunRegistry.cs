using Maml.Cluster.Coordinator.Workers;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>The runs that this coordinator knows; each follows the workers that come and go. Safe for use by several threads.</summary>
internal sealed class RunRegistry : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = [];
    private readonly WorkerRegistry _workers;
    private readonly ILogger<RunRegistry> _logger;

    public RunRegistry(WorkerRegistry workers, ILogger<RunRegistry> logger)
    {
        _workers = workers;
        _logger = logger;
        workers.CountChanged += Follow;
    }

    /// <summary>Adds a run, in the place of an earlier one of the same identifier if that has ended.</summary>
    /// <exception cref="RunConflictException">The earlier one is under way.</exception>
    public void Add(Run run)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(run.RunId, out Run? earlier) && earlier != run && !earlier.Snapshot.State.IsEnded())
                throw new RunConflictException($"Run '{run.RunId}' is under way.");
            _runs[run.RunId] = run;
        }
    }

    /// <summary>Removes a run that did not come to life.</summary>
    public void Remove(Run run)
    {
        lock (_gate)
        {
            if (_runs.GetValueOrDefault(run.RunId) == run) _runs.Remove(run.RunId);
        }
    }

    /// <summary>A run by its identifier, or null.</summary>
    public Run? Find(string runId)
    {
        lock (_gate) return _runs.GetValueOrDefault(runId);
    }

    /// <summary>A run by its identifier.</summary>
    /// <exception cref="RunNotFoundException">There is none.</exception>
    public Run Get(string runId) => Find(runId) ?? throw new RunNotFoundException(
        $"There is no run '{runId}' among those that this coordinator knows. List them with `maml runs list`.");

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<Run> List()
    {
        lock (_gate) return [.. _runs.Values.OrderByDescending(run => run.Snapshot.Started).ThenByDescending(run => run.RunId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.CountChanged -= Follow;
        foreach (Run run in List()) run.Dispose();
    }

    private void Follow(int workers)
    {
        foreach (Run run in List())
        {
            if (!run.Follow(() => _workers.Count)) continue;
            if (run.Snapshot.State == RunState.WaitingForWorkers) _logger.WaitsForWorkers(run.RunId);
            else _logger.GoesOn(run.RunId, workers);
        }
    }
}
