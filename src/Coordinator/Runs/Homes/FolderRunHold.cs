using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Recovery;

namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>A run whose folder is locked by this process: what is written there is kept, and nobody can take the lock away.</summary>
internal sealed class FolderRunHold(RunFolder folder, RunLock held) : IRunHold
{
    /// <inheritdoc/>
    public RunFolder Folder => folder;

    /// <inheritdoc/>
    public long Epoch => 0;

    /// <inheritdoc/>
    public bool IsLost => false;

    /// <inheritdoc/>
    public void WhenLost(Action leave)
    {
    }

    /// <inheritdoc/>
    public void Keep(RunPart parts)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        held.Dispose();
        return ValueTask.CompletedTask;
    }
}
