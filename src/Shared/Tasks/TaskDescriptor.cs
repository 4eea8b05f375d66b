namespace Maml.Cluster.Shared.Tasks;

/// <summary>Everything that defines one task, in a few dozen bytes: any worker draws exactly the same tensors from it.</summary>
/// <param name="Index">Position in the meta-batch or evaluation, from 0.</param>
public abstract record TaskDescriptor(int Index);
