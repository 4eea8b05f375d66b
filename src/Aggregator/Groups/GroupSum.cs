using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>What the chunks of a group come to: their curves one after the other, and the sum of their meta-gradients in their order.</summary>
internal sealed class GroupSum
{
    private readonly OrderedSum _sum;
    private readonly IReadOnlyList<TaskCurve>[] _curves;
    private readonly IReadOnlyList<IReadOnlyList<float>>[] _outputs;

    /// <summary>Expects the chunks of a group.</summary>
    /// <param name="chunks">How many.</param>
    /// <param name="pool">Where vectors come from and go to.</param>
    public GroupSum(int chunks, VectorPool pool)
    {
        _sum = new OrderedSum(pool);
        _sum.Begin(chunks);
        _curves = new IReadOnlyList<TaskCurve>[chunks];
        _outputs = new IReadOnlyList<IReadOnlyList<float>>[chunks];
    }

    /// <summary>The curves, chunk by chunk.</summary>
    public IEnumerable<TaskCurve> Curves => _curves.SelectMany(curves => curves);

    /// <summary>What the model gives for the query examples of each task, where a prediction was wanted.</summary>
    public IEnumerable<IReadOnlyList<float>> Outputs => _outputs.SelectMany(outputs => outputs);

    /// <summary>Where the time of the chunk went that was computed longest.</summary>
    public ChunkTrace Slowest { get; private set; }

    /// <summary>Takes a chunk in; each counts once.</summary>
    public void Add(ChunkOutcome outcome)
    {
        _curves[outcome.Chunk] = outcome.Curves;
        _outputs[outcome.Chunk] = outcome.Outputs;
        if (outcome.Gradient is { } gradient) _sum.Add(outcome.Chunk, gradient);
        if (outcome.Trace.Compute >= Slowest.Compute) Slowest = outcome.Trace;
    }

    /// <summary>Hands the sum over to the caller, who gives it back to the pool.</summary>
    public float[] TakeGradient() => _sum.Take();
}
