namespace Maml.Cluster.Worker.Telemetry;

/// <summary>What became of a chunk at this worker.</summary>
internal enum ChunkEnd
{
    /// <summary>It was computed and answered.</summary>
    Completed,

    /// <summary>It could not be computed.</summary>
    Failed,

    /// <summary>Its lease was void before there was an answer.</summary>
    Revoked,
}
