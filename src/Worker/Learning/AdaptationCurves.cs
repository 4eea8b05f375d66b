namespace Maml.Cluster.Worker.Learning;

/// <summary>Query loss and accuracy of every task of a chunk at successive inner steps.</summary>
/// <param name="Tasks">Number of tasks T.</param>
/// <param name="Points">Number of inner steps P at which they were measured.</param>
/// <param name="Loss">Mean query loss, [T, P] row by row.</param>
/// <param name="Accuracy">Share of query examples classified correctly, [T, P] row by row; null for regression.</param>
internal sealed record AdaptationCurves(int Tasks, int Points, float[] Loss, float[]? Accuracy)
{
    /// <summary>The curves of several groups of tasks, all of the same points, as one.</summary>
    public static AdaptationCurves Join(IReadOnlyList<AdaptationCurves> groups) => groups.Count == 1 ? groups[0] : new(
        groups.Sum(group => group.Tasks),
        groups[0].Points,
        [.. groups.SelectMany(group => group.Loss)],
        groups[0].Accuracy is null ? null : [.. groups.SelectMany(group => group.Accuracy!)]);

    /// <summary>The losses of one task.</summary>
    public ReadOnlySpan<float> LossOf(int task) => Loss.AsSpan(task * Points, Points);

    /// <summary>The accuracies of one task; empty for regression.</summary>
    public ReadOnlySpan<float> AccuracyOf(int task) => Accuracy is null ? [] : Accuracy.AsSpan(task * Points, Points);
}
