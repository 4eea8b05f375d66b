namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>When a chunk that takes long is handed to a second worker as well. Both answers are equal; the first one counts.</summary>
public sealed record SpeculationOptions
{
    /// <summary>Whether it is done at all. On by default: only workers that have nothing else to do are used.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>
    /// A chunk takes long when its lease is this many times older than the median of what the run's latest chunks took. 2 by default:
    /// a chunk that waits behind another on the same worker takes up to twice its own time without anything being wrong.
    /// </summary>
    public double Factor { get; init; } = 2;

    /// <summary>Age below which no chunk takes long. 1 s by default: below it a second copy of θ and a second lease cost more than they win.</summary>
    public TimeSpan MinimumAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Leases that one chunk may get on top of its own, in all. 2 by default: the second helper may be slow too.</summary>
    public int MaximumExtraLeases { get; init; } = 2;

    /// <summary>
    /// Share of a round's chunks that may get extra leases, above 0 and at most 1; one chunk always may. 0.25 by default: where more
    /// chunks than that take long, it is not a matter of single workers.
    /// </summary>
    public double MaximumShare { get; init; } = 0.25;

    /// <summary>Chunks of a round that may get extra leases.</summary>
    internal int AllowanceOf(int chunks) => IsEnabled && MaximumExtraLeases > 0 ? Math.Max(1, (int)(chunks * MaximumShare)) : 0;
}
