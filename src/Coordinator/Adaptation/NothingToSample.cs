using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>The sampler of rounds whose tasks are all brought along.</summary>
internal sealed class NothingToSample : ITaskSampler
{
    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query) =>
        throw new InvalidOperationException("The tasks of an adaptation are brought along, and none is drawn.");
}
