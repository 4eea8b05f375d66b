using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>
/// How many held-out tasks go into one chunk. An evaluation has no sum whose order would matter, so its chunks may be
/// larger than those of training: small tasks cost more in messages and calls than in arithmetic.
/// </summary>
internal static class EvaluationChunks
{
    private const int Least = 4;

    // So that 600 tasks still make a dozen chunks for the workers to share.
    private const int Most = 50;

    // Numbers in the examples of one chunk: 15 tasks of Omniglot with 5 ways and 15 queries, at some 50 MB a layer of conv4.
    private const int Numbers = 1_000_000;

    /// <summary>Tasks in a chunk; depends on the arguments only, never on the workers.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="query">Query examples a class.</param>
    public static int TasksPerChunk(TaskConfiguration tasks, int query)
    {
        long numbersPerTask = (long)tasks.Way * (tasks.Shot + query) * TaskShape.Of(tasks).FeatureCount;
        return (int)Math.Clamp(Numbers / numbersPerTask, Least, Most);
    }
}
