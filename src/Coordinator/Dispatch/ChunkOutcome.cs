namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A computed and checked chunk, or group of chunks.</summary>
/// <param name="Chunk">Position of the chunk, from 0; of a group, that of its first.</param>
/// <param name="Curves">One for each task, in order; none for a prediction.</param>
/// <param name="Gradient">Sum of the tasks' meta-gradients, rented from the run's pool; null when none was wanted.</param>
/// <param name="Trace">Where its time went.</param>
/// <param name="Count">Chunks of a group, whose curves follow each other and whose meta-gradients are added up; 1 for a single chunk.</param>
internal sealed record ChunkOutcome(int Chunk, IReadOnlyList<TaskCurve> Curves, float[]? Gradient, ChunkTrace Trace = default, int Count = 1)
{
    /// <summary>What the model gives for the query examples of each task; empty unless a prediction was wanted.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Outputs { get; init; } = [];
}
