using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A learning problem without a network: each task pulls θ towards a point of its own, so the meta-gradient is θ minus that point.</summary>
internal static class CannedLearning
{
    public static ChunkResult Answer(ChunkLease lease, bool isClassification, int parameterCount)
    {
        bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
        int length = (int)lease.InnerSteps + (wantsGradient ? 0 : 1);
        int first = wantsGradient && !lease.WholeCurve ? length - 1 : 0;
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
            for (int step = first; step < length; step++)
            {
                curve.Loss.Add(PointOf(task) / (step + 1));
                if (isClassification) curve.Accuracy.Add(step / (float)length);
            }

            result.Curves.Add(curve);
        }

        return result;
    }

    /// <summary>The sum over the chunk's tasks, in float32.</summary>
    public static float[] Gradient(ChunkLease lease, float[] theta)
    {
        float[] gradient = new float[theta.Length];
        foreach (TaskDescriptor task in lease.Tasks)
            for (int i = 0; i < theta.Length; i++) gradient[i] += theta[i] - PointOf(task);
        return gradient;
    }

    /// <summary>The answer to a prediction: a single number for each query example, twice the first of its own.</summary>
    public static ChunkResult Predict(ChunkLease lease, bool isClassification)
    {
        int features = isClassification ? Shared.Models.TaskShape.LogisticFeatures : 1;
        var task = (Shared.Tasks.InlineTask)Shared.Tasks.TaskMessages.FromMessage(lease.Tasks.Single());
        return new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
            Outputs = { new QueryOutputs { Values = { task.QueryInputs.Where((_, i) => i % features == 0).Select(first => 2 * first) } } },
        };
    }

    /// <summary>Where a task pulls θ.</summary>
    public static float PointOf(TaskDescriptor task) => task.KindCase == TaskDescriptor.KindOneofCase.Sinusoid
        ? task.Sinusoid.Amplitude * task.Sinusoid.Phase
        : (task.Logistic.RuleSeed % 1000) / 1000f;
}
