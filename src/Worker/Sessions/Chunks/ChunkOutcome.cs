using Maml.Cluster.Worker.Learning;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>A computed chunk.</summary>
/// <param name="Gradient">Sum over the tasks of the meta-gradient, flat, in a vector of the run's pool; empty when only the curves were wanted.</param>
/// <param name="Curves">Query loss and accuracy of every task; null when only a prediction was wanted.</param>
/// <param name="Sampling">Time to draw the tasks' tensors.</param>
/// <param name="Compute">Time for inner steps, query loss and meta-gradient, until all is on the host.</param>
/// <param name="Phases">What of that went where; zero when only the curves were wanted.</param>
/// <param name="Outputs">What the model gives for the query examples of the one task; null unless a prediction was wanted.</param>
internal sealed record ChunkOutcome(
    float[] Gradient, AdaptationCurves? Curves, TimeSpan Sampling, TimeSpan Compute, ComputeTimes Phases, float[]? Outputs = null);
