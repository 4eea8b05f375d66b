using Maml.Cluster.Coordinator.Dispatch;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>Means of the curves of a meta-batch's tasks.</summary>
internal static class CurveMeans
{
    /// <summary>Mean loss after each of 1…S inner steps; not a number where only the last was measured.</summary>
    /// <param name="chunks">Curves of each chunk, in chunk order, so that the sum does not depend on who was first.</param>
    /// <param name="innerSteps">S.</param>
    public static float[] Loss(IReadOnlyList<IReadOnlyList<TaskCurve>> chunks, int innerSteps) =>
        AtTheEndOf(innerSteps, Of(chunks, curve => curve.Loss));

    /// <summary>Mean accuracy after each inner step, as <see cref="Loss"/>; empty for regression.</summary>
    /// <param name="chunks">Curves of each chunk, in chunk order.</param>
    /// <param name="innerSteps">S.</param>
    public static float[] Accuracy(IReadOnlyList<IReadOnlyList<TaskCurve>> chunks, int innerSteps) =>
        AtTheEndOf(innerSteps, Of(chunks, curve => curve.Accuracy));

    private static float[] AtTheEndOf(int innerSteps, float[] means)
    {
        if (means.Length == 0 || means.Length == innerSteps) return means;
        float[] whole = new float[innerSteps];
        Array.Fill(whole, float.NaN);
        means.CopyTo(whole, innerSteps - means.Length);
        return whole;
    }

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
