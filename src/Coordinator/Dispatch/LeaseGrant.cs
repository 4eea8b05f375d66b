namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A lease that a worker holds.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="Worker">Who holds it.</param>
/// <param name="Round">The round.</param>
/// <param name="Chunk">Position of the chunk, from 0.</param>
internal sealed record LeaseGrant(ulong LeaseId, IWorkerOutbox Worker, Round Round, int Chunk);
