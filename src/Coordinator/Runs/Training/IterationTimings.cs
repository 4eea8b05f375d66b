namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>
/// Where an iteration's time went, in seconds. All parts but <see cref="SampleAhead"/> and those within <see cref="Compute"/> add up to
/// <see cref="Iteration"/>, but for moments that belong to none.
/// </summary>
internal readonly record struct IterationTimings
{
    /// <summary>From the start of the iteration until the new θ can be sent.</summary>
    public double Iteration { get; init; }

    /// <summary>Drawing its tasks' descriptors, where they were not drawn ahead.</summary>
    public double Sample { get; init; }

    /// <summary>Drawing the next iteration's descriptors while the workers compute.</summary>
    public double SampleAhead { get; init; }

    /// <summary>From the start of the round to the last result.</summary>
    public double Round { get; init; }

    /// <summary>From the last result to the averaged, clipped meta-gradient.</summary>
    public double Reduce { get; init; }

    /// <summary>The optimizer's update of θ.</summary>
    public double Update { get; init; }

    /// <summary>Writing the new θ as messages.</summary>
    public double Publish { get; init; }

    /// <summary>Workers that the means below are over.</summary>
    public int Workers { get; init; }

    /// <summary>Mean over workers: from the start of the round until θ and the first lease were handed to the stream.</summary>
    public double Send { get; init; }

    /// <summary>Mean over workers: the first chunk, from arrival to the start of its computation.</summary>
    public double Queue { get; init; }

    /// <summary>Mean over workers: drawing the tasks' tensors.</summary>
    public double Tensors { get; init; }

    /// <summary>Mean over workers: inner steps, query loss and meta-gradient.</summary>
    public double Compute { get; init; }

    /// <summary>Of <see cref="Compute"/>: the inner steps.</summary>
    public double InnerSteps { get; init; }

    /// <summary>Of <see cref="Compute"/>: the query losses.</summary>
    public double Query { get; init; }

    /// <summary>Of <see cref="Compute"/>: the meta-gradient.</summary>
    public double MetaGradient { get; init; }

    /// <summary>Mean over workers: the rest of the time until the last result, messages on their way above all.</summary>
    public double Gather { get; init; }

    /// <summary>Mean over workers: from the last result to the last one of all.</summary>
    public double Idle { get; init; }

    /// <summary>Bytes of the messages to workers.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes of the messages from workers.</summary>
    public long BytesReceived { get; init; }

    /// <summary>The same with means over more workers: those that answered nothing were idle all the round.</summary>
    /// <param name="workers">Workers in all; where it is less than those that answered, some have left since, and nothing changes.</param>
    public IterationTimings Over(int workers)
    {
        if (workers <= Workers) return this;
        double share = (double)Workers / workers;
        return this with
        {
            Workers = workers,
            Send = Send * share,
            Queue = Queue * share,
            Tensors = Tensors * share,
            Compute = Compute * share,
            InnerSteps = InnerSteps * share,
            Query = Query * share,
            MetaGradient = MetaGradient * share,
            Gather = Gather * share,
            Idle = (Idle * share) + (Round * (1 - share)),
        };
    }
}
