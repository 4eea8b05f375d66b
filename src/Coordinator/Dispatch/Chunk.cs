namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A fixed slice of a meta-batch or evaluation.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Tasks">Its tasks, in order.</param>
internal sealed record Chunk(int Index, IReadOnlyList<Protos.V1.TaskDescriptor> Tasks);
