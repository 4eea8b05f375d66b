namespace Maml.Cluster.Shared.Tasks;

/// <summary>An N-way classification task over images.</summary>
/// <param name="Index">Position in the meta-batch or evaluation, from 0.</param>
/// <param name="Classes">One entry for each way; its position is the label.</param>
public sealed record ImageTask(int Index, IReadOnlyList<ImageClass> Classes) : TaskDescriptor(Index);
