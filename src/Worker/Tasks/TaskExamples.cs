namespace Maml.Cluster.Worker.Tasks;

/// <summary>The support and query sets of a chunk's tasks on the host.</summary>
/// <param name="SupportX">Support examples, [T, N, …features].</param>
/// <param name="SupportY">Support labels, [T, N] class positions or [T, N, 1] numbers.</param>
/// <param name="QueryX">Query examples, [T, M, …features].</param>
/// <param name="QueryY">Query labels, [T, M] class positions or [T, M, 1] numbers.</param>
/// <param name="LabelsAreClasses">Whether labels are class positions (int64 on the device) and not numbers.</param>
internal sealed record TaskExamples(HostTensor SupportX, HostTensor SupportY, HostTensor QueryX, HostTensor QueryY, bool LabelsAreClasses)
{
    /// <summary>Room for tasks of a given size, all zeros.</summary>
    /// <param name="tasks">Tasks T.</param>
    /// <param name="support">Support examples N of a task.</param>
    /// <param name="query">Query examples M of a task.</param>
    /// <param name="features">Dimensions of one example.</param>
    /// <param name="labelsAreClasses">Whether labels are class positions.</param>
    public static TaskExamples Allocate(int tasks, int support, int query, IReadOnlyList<int> features, bool labelsAreClasses)
    {
        long[] featureShape = [.. features.Select(size => (long)size)];
        return new TaskExamples(
            HostTensor.Zeros([tasks, support, .. featureShape]),
            labelsAreClasses ? HostTensor.Zeros(tasks, support) : HostTensor.Zeros(tasks, support, 1),
            HostTensor.Zeros([tasks, query, .. featureShape]),
            labelsAreClasses ? HostTensor.Zeros(tasks, query) : HostTensor.Zeros(tasks, query, 1),
            labelsAreClasses);
    }
}
