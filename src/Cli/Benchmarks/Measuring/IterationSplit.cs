using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>
/// Where the time of an iteration goes, in milliseconds, as means over iterations. What workers do is the mean over workers, so that
/// sample, broadcast, queue, compute, gather, idle, reduce, adam and other add up to the iteration.
/// </summary>
internal sealed record IterationSplit
{
    /// <summary>From the end of one iteration to the end of the next, its rows in tables and its news included.</summary>
    public required double Iteration { get; init; }

    /// <summary>Drawing descriptors where they were not drawn ahead, and drawing tensors from them on the workers.</summary>
    public double Sample { get; init; }

    /// <summary>Writing θ as messages, and handing it with the first lease to each worker's stream.</summary>
    public double Broadcast { get; init; }

    /// <summary>The first chunk, from its arrival at a worker to the start of its computation.</summary>
    public double Queue { get; init; }

    /// <summary>All computation: the next three and the copy of its result to the host.</summary>
    public double Compute { get; init; }

    /// <summary>Of compute: forward and inner gradients on support sets, and updates.</summary>
    public double InnerSteps { get; init; }

    /// <summary>Of compute: losses on query sets.</summary>
    public double Query { get; init; }

    /// <summary>Of compute: the gradient of the query loss, and the way back through the inner steps.</summary>
    public double MetaGradient { get; init; }

    /// <summary>Messages on their way in either direction, and their writing, reading and checking.</summary>
    public double Gather { get; init; }

    /// <summary>Workers that wait for the slowest one.</summary>
    public double Idle { get; init; }

    /// <summary>From the last result to the averaged, clipped meta-gradient.</summary>
    public double Reduce { get; init; }

    /// <summary>The optimizer's update.</summary>
    public double Adam { get; init; }

    /// <summary>The rest.</summary>
    public double Other { get; init; }

    /// <summary>Beside these, while workers compute: drawing the next iteration's descriptors.</summary>
    public double SampleAhead { get; init; }

    /// <summary>The share of the iteration that is not computation, in [0, 1].</summary>
    public double CoordinationShare => Iteration > 0 ? (Iteration - Compute) / Iteration : 0;

    /// <summary>The means over iterations.</summary>
    /// <param name="seconds">Mean time from the end of one to the end of the next.</param>
    /// <param name="timings">What the coordinator measured; at least one.</param>
    public static IterationSplit Of(double seconds, IReadOnlyCollection<IterationTimings> timings)
    {
        var split = new IterationSplit
        {
            Iteration = 1000 * seconds,
            Sample = Mean(timing => timing.SampleSeconds + timing.TensorsSeconds),
            Broadcast = Mean(timing => timing.PublishSeconds + timing.SendSeconds),
            Queue = Mean(timing => timing.QueueSeconds),
            Compute = Mean(timing => timing.ComputeSeconds),
            InnerSteps = Mean(timing => timing.InnerStepsSeconds),
            Query = Mean(timing => timing.QuerySeconds),
            MetaGradient = Mean(timing => timing.MetaGradientSeconds),
            Gather = Mean(timing => timing.GatherSeconds),
            Idle = Mean(timing => timing.IdleSeconds),
            Reduce = Mean(timing => timing.ReduceSeconds),
            Adam = Mean(timing => timing.UpdateSeconds),
            SampleAhead = Mean(timing => timing.SampleAheadSeconds),
        };
        double parts = split.Sample + split.Broadcast + split.Queue + split.Compute + split.Gather + split.Idle + split.Reduce + split.Adam;
        return split with { Other = split.Iteration - parts };

        double Mean(Func<IterationTimings, double> select) => 1000 * timings.Average(select);
    }
}
