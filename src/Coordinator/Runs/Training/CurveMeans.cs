using Maml.Cluster.Coordinator.Dispatch;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>Means of the curves of a meta-batch's tasks.</summary>
internal static class CurveMeans
{
    /// <summary>Mean loss at each step.</summary>
    /// <param name="chunks">Curves of each chunk, in chunk order, so that the sum does not depend on who was first.</param>
    public static float[] Loss(IReadOnlyList<IReadOnlyList<TaskCurve>> chunks) => Of(chunks, curve => curve.Loss);

    /// <summary>Mean accuracy at each step; empty for regression.</summary>
    /// <param name="chunks">Curves of each chunk, in chunk order.</param>
    public static float[] Accuracy(IReadOnlyList<IReadOnlyList<TaskCurve>> chunks) => Of(chunks, curve => curve.Accuracy);

    private static float[] Of(IReadOnlyList<IReadOnlyList<TaskCurve>> chunks, Func<TaskCurve, IReadOnlyList<float>> select)
    {
        double[] sums = new double[select(chunks[0][0]).Count];
        int tasks = 0;
        foreach (IReadOnlyList<TaskCurve> chunk in chunks)
        {
            foreach (TaskCurve curve in chunk)
            {
                IReadOnlyList<float> values = select(curve);
                for (int step = 0; step < sums.Length; step++) sums[step] += values[step];
                tasks++;
            }
        }

        return Array.ConvertAll(sums, sum => (float)(sum / tasks));
    }
}
