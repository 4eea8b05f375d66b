using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using TaskDescriptor = Maml.Cluster.Protos.V1.TaskDescriptor;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A learning problem without a network: each task pulls θ towards a point of its own, so the meta-gradient is θ minus that point.</summary>
internal static class CannedLearning
{
    public static ChunkResult Answer(ChunkLease lease, bool isClassification, int parameterCount)
    {
        bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
        if (lease.Purpose == ChunkPurpose.Prediction) return Predict(lease, isClassification);
        int length = !wantsGradient ? (int)lease.InnerSteps + 1 : lease.WholeCurve ? (int)lease.InnerSteps : 1;
        var result = new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
            GradientElements = wantsGradient ? (ulong)parameterCount : 0,
        };
        foreach (TaskDescriptor task in lease.Tasks)
        {
            var curve = new AdaptationCurve();
            for (int step = 0; step < length; step++)
            {
                curve.Loss.Add(PointOf(task) / (step + 1));
                if (isClassification) curve.Accuracy.Add(step / (float)length);
            }

            result.Curves.Add(curve);
        }

        return result;
    }

    /// <summary>A single number for each query example: twice the first of its own.</summary>
    private static ChunkResult Predict(ChunkLease lease, bool isClassification)
    {
        int features = isClassification ? TaskShape.LogisticFeatures : 1;
        var task = (Shared.Tasks.InlineTask)TaskMessages.FromMessage(lease.Tasks.Single());
        return new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
            Outputs = { new QueryOutputs { Values = { task.QueryInputs.Where((_, i) => i % features == 0).Select(first => 2 * first) } } },
        };
    }

    /// <summary>The sum over the chunk's tasks, in float32.</summary>
    public static float[] Gradient(ChunkLease lease, float[] theta)
    {
        float[] gradient = new float[theta.Length];
        foreach (TaskDescriptor task in lease.Tasks)
            for (int i = 0; i < theta.Length; i++) gradient[i] += theta[i] - PointOf(task);
        return gradient;
    }

    /// <summary>Where a task pulls θ.</summary>
    public static float PointOf(TaskDescriptor task) => task.KindCase == TaskDescriptor.KindOneofCase.Sinusoid
        ? task.Sinusoid.Amplitude * task.Sinusoid.Phase
        : (task.Logistic.RuleSeed % 1000) / 1000f;
}
