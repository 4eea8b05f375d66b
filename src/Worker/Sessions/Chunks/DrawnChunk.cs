using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>A chunk that was drawn before it was leased. Its tensors outlive the dispose scope that they were drawn in.</summary>
internal sealed class DrawnChunk : IDisposable
{
    private readonly ChunkWork _work;

    /// <summary>Keeps a chunk.</summary>
    /// <param name="work">What was drawn.</param>
    /// <param name="tasks">Its tensors, of the dispose scope at hand.</param>
    public DrawnChunk(ChunkWork work, TaskBatch tasks)
    {
        _work = work;
        Tasks = new TaskBatch(
            tasks.SupportX.DetachFromDisposeScope(),
            tasks.SupportY.DetachFromDisposeScope(),
            tasks.QueryX.DetachFromDisposeScope(),
            tasks.QueryY.DetachFromDisposeScope());
    }

    /// <summary>Its tensors.</summary>
    public TaskBatch Tasks { get; }

    /// <summary>Whether it is what a lease asks for, to the last example.</summary>
    public bool IsFor(ChunkWork work) =>
        ReferenceEquals(work.Configuration, _work.Configuration)
        && ReferenceEquals(work.DataSet, _work.DataSet)
        && work.Purpose == _work.Purpose
        && work.Shot == _work.Shot
        && work.Query == _work.Query
        && work.Lease.Tasks.Equals(_work.Lease.Tasks);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tasks.SupportX.Dispose();
        Tasks.SupportY.Dispose();
        Tasks.QueryX.Dispose();
        Tasks.QueryY.Dispose();
    }
}
