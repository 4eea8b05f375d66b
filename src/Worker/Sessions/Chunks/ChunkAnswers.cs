using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Worker.Learning;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Writes what a chunk came to as messages.</summary>
internal static class ChunkAnswers
{
    /// <summary>The result, and the frames of its meta-gradient if there is one.</summary>
    /// <param name="lease">The lease that is answered.</param>
    /// <param name="outcome">What the chunk came to.</param>
    /// <param name="queued">How long it waited.</param>
    /// <param name="precision">How its meta-gradient is sent.</param>
    /// <param name="time">Measures how long the writing takes.</param>
    public static WorkerMessage[] Result(
        ChunkLease lease, ChunkOutcome outcome, TimeSpan queued, GradientPrecision precision, TimeProvider time)
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
        WorkerMessage message = new() { Result = result };
        WorkerMessage[] messages = outcome.Gradient.Length == 0
            ? [message]
            : [message, .. VectorFraming.Cut(lease.RunId, lease.LeaseId, outcome.Gradient, precision).Select(frame => new WorkerMessage { Gradient = frame })];
        result.Timings.EncodingSeconds = (float)time.GetElapsedTime(began).TotalSeconds;
        return messages;
    }

    /// <summary>The chunk could not be computed.</summary>
    public static WorkerMessage Failure(ulong leaseId, string reason) =>
        new() { Failure = new ChunkFailure { LeaseId = leaseId, Reason = reason } };

    private static AdaptationCurve Curve(AdaptationCurves curves, int task) => new()
    {
        Loss = { curves.LossOf(task).ToArray() },
        Accuracy = { curves.AccuracyOf(task).ToArray() },
    };
}
