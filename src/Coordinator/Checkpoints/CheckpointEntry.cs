namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>What is known of a good checkpoint.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of the whole file as it is, the same that <c>sha256sum</c> prints.</param>
/// <param name="Score">The evaluation's, finite; null when there was none.</param>
internal sealed record CheckpointEntry(string File, long Iteration, long Bytes, string Sha256, double? Score);
