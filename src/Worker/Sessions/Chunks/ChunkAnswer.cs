using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>What is said of a chunk.</summary>
/// <param name="Messages">The messages, which belong together.</param>
/// <param name="Written">Called when they are written and their buffers may be used again; null where they share none.</param>
internal sealed record ChunkAnswer(WorkerMessage[] Messages, Action? Written = null);
