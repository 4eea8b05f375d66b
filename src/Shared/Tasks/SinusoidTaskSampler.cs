using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Draws sine waves of random amplitude and phase.</summary>
public sealed class SinusoidTaskSampler : ITaskSampler
{
    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query)
    {
        RandomStream random = address.OpenStream(runSeed);
        float amplitude = (float)random.NextUniform(0.1, 5.0);
        float phase = (float)random.NextUniform(0.0, Math.PI);
        return new SinusoidTask(address.Index, amplitude, phase, random.NextBits());
    }
}
