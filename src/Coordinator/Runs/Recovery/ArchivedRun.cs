using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>A run as its folder has it.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Document">Its record.</param>
/// <param name="Configuration">Its configuration; more iterations may have been asked for since.</param>
internal sealed record ArchivedRun(RunFolder Folder, RunDocument Document, RunConfiguration Configuration)
{
    /// <summary>Whether it goes on by itself when its coordinator starts again.</summary>
    public bool IsUnfinished => Document.IsUnfinished;

    /// <summary>Whether there is nothing left to do.</summary>
    public bool IsComplete => Document.State == "completed" && Document.Iteration >= Configuration.Outer.Iterations;

    /// <summary>The run as it was taken down.</summary>
    public RunSnapshot ToSnapshot() => Document.ToSnapshot(Configuration, Folder.Path);
}
