using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is counted where coordinators share runs. No tag holds a name: their number stays bounded.</summary>
internal sealed class ClusterMetrics
{
    // From a coordinator that was shut down, whose runs go on at once, to one that was halted while the database was away.
    private static readonly double[] TakeOverBounds = [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 30, 60, 120, 300];

    private readonly Lock _gate = new();
    private readonly EnumCounter<RedirectPoint> _redirects;
    private readonly EnumCounter<EpochRefusal> _refusals;
    private readonly Histogram<double> _takeOvers;
    private (int Serving, int Leaving)? _coordinators;

    /// <summary>Creates the instruments.</summary>
    public ClusterMetrics(CoordinatorMeter coordinator)
    {
        Meter meter = coordinator.Meter;
        _redirects = new(meter, "maml.cluster.workers.redirected", "{worker}", "Workers that were sent to another coordinator, by when.", "at");
        _refusals = new(meter, "maml.cluster.epochs.refused", "{refusal}", "Times that this coordinator was told of a run that another has taken, by whom.", "by");
        _takeOvers = meter.CreateHistogram(
            "maml.cluster.take_over.duration", "s", "Time from the end of the lease of a run's owner, or its release, until the run goes on here.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = TakeOverBounds });
        meter.CreateObservableUpDownCounter("maml.cluster.coordinators", CountCoordinators, "{coordinator}",
            "Coordinators of the cluster that this one knows of, itself included, by state; 0 while it cannot ask.");
    }

    /// <summary>Counts a worker that is sent to another coordinator.</summary>
    public void Redirected(RedirectPoint point) => _redirects.Add(point);

    /// <summary>Counts that another coordinator has a run.</summary>
    public void RefusedEpoch(EpochRefusal by) => _refusals.Add(by);

    /// <summary>Measures a take-over.</summary>
    public void TookOver(TimeSpan duration) => _takeOvers.Record(duration.TotalSeconds);

    /// <summary>Notes how many coordinators there are. A coordinator that is alone never does, and shows none.</summary>
    /// <param name="serving">Those that serve.</param>
    /// <param name="leaving">Those about to end.</param>
    public void Count(int serving, int leaving)
    {
        lock (_gate) _coordinators = (serving, leaving);
    }

    private IEnumerable<Measurement<int>> CountCoordinators()
    {
        lock (_gate)
        {
            return _coordinators is not var (serving, leaving) ? [] :
            [
                new(serving, new KeyValuePair<string, object?>("state", "serving")),
                new(leaving, new KeyValuePair<string, object?>("state", "leaving")),
            ];
        }
    }
}
