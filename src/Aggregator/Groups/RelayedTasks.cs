using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>No sampler: an aggregator's tasks come from its coordinator.</summary>
internal sealed class RelayedTasks : ITaskSampler
{
    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query) =>
        throw new NotSupportedException("An aggregator draws no tasks: it gets them from its coordinator.");
}
