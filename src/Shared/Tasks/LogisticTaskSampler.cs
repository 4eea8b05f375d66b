using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Draws linear rules.</summary>
public sealed class LogisticTaskSampler : ITaskSampler
{
    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query)
    {
        RandomStream random = address.OpenStream(runSeed);
        return new LogisticTask(address.Index, random.NextBits(), random.NextBits());
    }
}
