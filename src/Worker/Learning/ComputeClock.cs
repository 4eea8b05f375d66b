namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// Adds up how long each phase takes: a phase lasts from the end of the one before it. Measured on the host: a GPU works behind
/// it, and a measurement that waited for the GPU would slow down what it measures.
/// </summary>
internal sealed class ComputeClock(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>What was measured since <see cref="Start"/>.</summary>
    public ComputeTimes Times { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Start()
    {
        Times = default;
        _last = time.GetTimestamp();
    }

    /// <summary>The time since the last call belongs to a phase.</summary>
    public void End(ComputePhase phase)
    {
        long now = time.GetTimestamp();
        TimeSpan passed = time.GetElapsedTime(_last, now);
        _last = now;
        Times = phase switch
        {
            ComputePhase.InnerSteps => Times with { InnerSteps = Times.InnerSteps + passed },
            ComputePhase.Query => Times with { Query = Times.Query + passed },
            ComputePhase.MetaGradient => Times with { MetaGradient = Times.MetaGradient + passed },
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "There is no such phase."),
        };
    }
}
