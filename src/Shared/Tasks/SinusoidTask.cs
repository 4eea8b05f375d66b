namespace Maml.Cluster.Shared.Tasks;

/// <summary>y = amplitude · sin(x − phase), x uniform in [−5, 5] (Finn et al. 2017, section 5.1).</summary>
/// <param name="Index">Position in the meta-batch or evaluation, from 0.</param>
/// <param name="Amplitude">In [0.1, 5].</param>
/// <param name="Phase">In [0, π].</param>
/// <param name="ExampleSeed">Seed of the stream that draws every x: support first, then query.</param>
public sealed record SinusoidTask(int Index, float Amplitude, float Phase, ulong ExampleSeed) : TaskDescriptor(Index);
