namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>What a run leaves, by how it is kept.</summary>
[Flags]
internal enum RunPart
{
    /// <summary>Its record.</summary>
    Record = 1,

    /// <summary>Its tables.</summary>
    Tables = 2,

    /// <summary>Its checkpoints, and their scores.</summary>
    Checkpoints = 4,

    /// <summary>Its summary.</summary>
    Summary = 8,
}
