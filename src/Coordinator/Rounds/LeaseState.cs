namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A chunk in a worker's hands.</summary>
/// <param name="Id">The lease.</param>
/// <param name="Worker">Who holds it.</param>
/// <param name="Round">The round.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Deadline">When it ends.</param>
internal sealed record LeaseState(ulong Id, WorkerState Worker, RoundState Round, ChunkState Chunk, TimeSpan Deadline);
