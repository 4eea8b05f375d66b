using System.Numerics.Tensors;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Says what is wrong with a worker's answer. Nothing that fails here reaches θ.</summary>
internal static class ChunkResultChecks
{
    /// <summary>Checks everything but the meta-gradient itself.</summary>
    /// <param name="work">What was asked for.</param>
    /// <param name="chunk">The chunk that was leased.</param>
    /// <param name="result">The answer.</param>
    /// <param name="count">Chunks that were leased as one.</param>
    /// <returns>The fault, or null.</returns>
    public static string? FaultOf(RoundWork work, int chunk, ChunkResult result, int count = 1)
    {
        if (result.RunId != work.Run.RunId || result.Iteration != (ulong)work.Iteration || result.ChunkIndex != (uint)chunk)
        {
            return $"it answers chunk {result.ChunkIndex} of iteration {result.Iteration} of run '{result.RunId}'; "
                + $"expected chunk {chunk} of iteration {work.Iteration} of run '{work.Run.RunId}'";
        }

        ulong elements = work.WantsGradient ? (ulong)work.Run.Layout.Count : 0;
        if (result.GradientElements != elements) return $"it announces a meta-gradient of {result.GradientElements} elements; expected {elements}";

        if (OutputFaultOf(work, chunk, result) is { } fault) return fault;
        int tasks = work.WantsOutputs ? 0 : work.CountTasks(chunk, count);
        if (result.Curves.Count != tasks) return $"it holds curves of {result.Curves.Count} tasks; expected {tasks}";

        int accuracies = work.Run.IsClassification ? work.CurveLength : 0;
        foreach (AdaptationCurve curve in result.Curves)
        {
            if (curve.Loss.Count != work.CurveLength) return $"a curve holds {curve.Loss.Count} losses; expected {work.CurveLength}";
            if (curve.Accuracy.Count != accuracies) return $"a curve holds {curve.Accuracy.Count} accuracies; expected {accuracies}";
            if (work.WantsGradient && curve.Loss.Any(float.IsNaN)) return "a loss is not a number, which its meta-gradient would have to be too";
            if (curve.Accuracy.Any(accuracy => accuracy is not (>= 0 and <= 1))) return "an accuracy is not within 0 to 1";
        }

        return null;
    }

    /// <summary>Whether a loss or an accuracy is not a number.</summary>
    public static bool HasNaN(ChunkResult result) => result.Curves.Any(curve => curve.Loss.Any(float.IsNaN) || curve.Accuracy.Any(float.IsNaN));

    /// <summary>Checks the values of a meta-gradient.</summary>
    /// <returns>The fault, or null.</returns>
    public static string? FaultOf(ReadOnlySpan<float> gradient) => TensorPrimitives.IsFiniteAll(gradient)
        ? null
        : "its meta-gradient holds values that are not finite; where every worker says so, lower inner.learningRate or outer.learningRate, or set outer.clipNorm";

    private static string? OutputFaultOf(RoundWork work, int chunk, ChunkResult result)
    {
        IReadOnlyList<TaskDescriptor> tasks = work.WantsOutputs ? work.Chunks[chunk].Tasks : [];
        if (result.Outputs.Count != tasks.Count) return $"it holds outputs of {result.Outputs.Count} tasks; expected {tasks.Count}";
        for (int task = 0; task < tasks.Count; task++)
        {
            int expected = work.OutputsOf(tasks[task]);
            if (result.Outputs[task].Values.Count != expected) return $"it holds {result.Outputs[task].Values.Count} outputs of a task; expected {expected}";
        }

        return null;
    }
}
