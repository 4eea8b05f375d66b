using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>Takes the iterations of a run in until enough of them were measured. Pure: the events bring their own times.</summary>
/// <param name="length">What is enough.</param>
/// <param name="workers">Workers that must take part.</param>
internal sealed class IterationTally(BenchmarkLength length, int workers)
{
    private readonly List<IterationTimings> _timings = [];
    private readonly List<(ulong Iteration, double Seconds)> _ends = [];
    private int _warmUpIterations;
    private double _warmUpBegan;

    /// <summary>Whether the measurement has begun.</summary>
    public bool IsMeasuring => _ends.Count > 0;

    /// <summary>Whether enough was measured.</summary>
    public bool IsEnough { get; private set; }

    /// <summary>Iterations measured.</summary>
    public long Iterations => IsMeasuring ? (long)(_ends[^1].Iteration - _ends[0].Iteration) : 0;

    /// <summary>Time that they took.</summary>
    public double Seconds => IsMeasuring ? _ends[^1].Seconds - _ends[0].Seconds : 0;

    /// <summary>When each ended, and before them the end of the warm-up.</summary>
    public IReadOnlyList<(ulong Iteration, double Seconds)> Ends => _ends;

    /// <summary>Where their time went. Events that were too many for this reader are missing here, and only here.</summary>
    public IReadOnlyList<IterationTimings> Timings => _timings;

    /// <summary>Takes an iteration in.</summary>
    public void Add(IterationEvent iteration)
    {
        if (IsEnough) return;
        if (!IsMeasuring)
        {
            WarmUp(iteration);
            return;
        }

        _timings.Add(iteration.Timings);
        _ends.Add((iteration.Iteration, iteration.Seconds));
        IsEnough = length.IsEnough(Iterations, TimeSpan.FromSeconds(Seconds));
    }

    private void WarmUp(IterationEvent iteration)
    {
        if (iteration.Workers < workers) return;
        if (_warmUpIterations++ == 0) _warmUpBegan = iteration.Seconds;
        if (length.IsWarm(_warmUpIterations, TimeSpan.FromSeconds(iteration.Seconds - _warmUpBegan)))
            _ends.Add((iteration.Iteration, iteration.Seconds));
    }
}
