using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>Writes what a lease came to as messages.</summary>
internal static class GroupAnswers
{
    /// <summary>The result, and the frames of the sum if there is one.</summary>
    /// <param name="lease">The lease that is answered.</param>
    /// <param name="sum">What its chunks came to.</param>
    /// <param name="gradient">The sum of their meta-gradients, which must not change until the messages are written; null for none.</param>
    /// <param name="precision">How it crosses the wire.</param>
    public static WorkerMessage[] Result(ChunkLease lease, GroupSum sum, float[]? gradient, GradientPrecision precision)
    {
        ChunkTrace slowest = sum.Slowest;
        var result = new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
            GradientElements = (ulong)(gradient?.Length ?? 0),
            Timings = new ChunkTimings
            {
                QueuedSeconds = (float)slowest.Queued,
                SamplingSeconds = (float)slowest.Tensors,
                ComputeSeconds = (float)slowest.Compute,
                InnerStepsSeconds = (float)slowest.InnerSteps,
                QuerySeconds = (float)slowest.Query,
                MetaGradientSeconds = (float)slowest.MetaGradient,
            },
        };
        foreach (TaskCurve curve in sum.Curves) result.Curves.Add(new AdaptationCurve { Loss = { curve.Loss }, Accuracy = { curve.Accuracy } });
        foreach (IReadOnlyList<float> outputs in sum.Outputs) result.Outputs.Add(new QueryOutputs { Values = { outputs } });
        var message = new WorkerMessage { Result = result };
        return gradient is null
            ? [message]
            : [message, .. VectorFraming.Cut(lease.RunId, lease.LeaseId, gradient, precision).Select(frame => new WorkerMessage { Gradient = frame })];
    }

    /// <summary>The lease is given back.</summary>
    public static WorkerMessage Failure(ulong leaseId, string reason) =>
        new() { Failure = new ChunkFailure { LeaseId = leaseId, Reason = reason } };
}
