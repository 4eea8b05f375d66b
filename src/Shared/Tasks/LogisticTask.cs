namespace Maml.Cluster.Shared.Tasks;

/// <summary>
/// Label 1 where w · x exceeds 0, with 50 features x uniform in [−1, 1]. The weights w of a task scatter around a
/// mean that all tasks share, alternately +1 and −1, with standard deviation 1: the mean is what can be meta-learnt.
/// </summary>
/// <param name="Index">Position in the meta-batch or evaluation, from 0.</param>
/// <param name="RuleSeed">Seed of the stream that draws w.</param>
/// <param name="ExampleSeed">Seed of the stream that draws every x: support first, then query.</param>
public sealed record LogisticTask(int Index, ulong RuleSeed, ulong ExampleSeed) : TaskDescriptor(Index);
