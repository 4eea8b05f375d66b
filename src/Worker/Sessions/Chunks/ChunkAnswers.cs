using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Worker.Learning;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Writes what a chunk came to as messages.</summary>
/// <param name="handed">Where a meta-gradient may lie; null for nowhere.</param>
/// <param name="time">Measures how long the writing takes.</param>
internal sealed class ChunkAnswers(HandedGradients? handed, TimeProvider time)
{
    /// <summary>The result, and the frames of its meta-gradient if there is one.</summary>
    /// <param name="lease">The lease that is answered.</param>
    /// <param name="outcome">What the chunk came to.</param>
    /// <param name="queued">How long it waited.</param>
    /// <param name="precision">How its meta-gradient is sent.</param>
    /// <param name="vectors">Gets the meta-gradient's vector back.</param>
    public ChunkAnswer Result(ChunkLease lease, ChunkOutcome outcome, TimeSpan queued, GradientPrecision precision, VectorPool vectors)
    {
        long began = time.GetTimestamp();
        var result = new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
            GradientElements = (ulong)outcome.Gradient.Length,
            Timings = new ChunkTimings
            {
                QueuedSeconds = (float)queued.TotalSeconds,
                SamplingSeconds = (float)outcome.Sampling.TotalSeconds,
                ComputeSeconds = (float)outcome.Compute.TotalSeconds,
                InnerStepsSeconds = (float)outcome.Phases.InnerSteps.TotalSeconds,
                QuerySeconds = (float)outcome.Phases.Query.TotalSeconds,
                MetaGradientSeconds = (float)outcome.Phases.MetaGradient.TotalSeconds,
            },
        };
        if (outcome.Curves is { } curves) result.Curves.AddRange(Enumerable.Range(0, curves.Tasks).Select(task => Curve(curves, task)));
        if (outcome.Outputs is { } outputs) result.Outputs.Add(new QueryOutputs { Values = { outputs } });
        IReadOnlyList<VectorFrame> frames = outcome.Gradient.Length == 0 ? [] : Encode(lease, outcome.Gradient, precision);
        if (frames is [{ File.Length: > 0 } file])
        {
            vectors.Return(outcome.Gradient);
            result.Gradient = file;
            frames = [];
        }

        result.Timings.EncodingSeconds = (float)time.GetElapsedTime(began).TotalSeconds;
        WorkerMessage[] messages = [new() { Result = result }, .. frames.Select(frame => new WorkerMessage { Gradient = frame })];
        return new ChunkAnswer(messages, frames.Count == 0 ? null : () => vectors.Return(outcome.Gradient));
    }

    /// <summary>The chunk could not be computed.</summary>
    public static ChunkAnswer Failure(ulong leaseId, string reason) =>
        new([new WorkerMessage { Failure = new ChunkFailure { LeaseId = leaseId, Reason = reason } }]);

    private IReadOnlyList<VectorFrame> Encode(ChunkLease lease, float[] gradient, GradientPrecision precision) =>
        precision == GradientPrecision.Float32 && handed?.TryWrite(gradient) is { } file
            ? [VectorFraming.Name(lease.RunId, lease.LeaseId, gradient.Length, file)]
            : VectorFraming.Cut(lease.RunId, lease.LeaseId, gradient, precision);

    private static AdaptationCurve Curve(AdaptationCurves curves, int task) => new()
    {
        Loss = { curves.LossOf(task).ToArray() },
        Accuracy = { curves.AccuracyOf(task).ToArray() },
    };
}
