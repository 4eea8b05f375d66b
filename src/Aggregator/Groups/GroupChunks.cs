using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>Cuts the tasks of a lease into the chunks that its coordinator has made of them.</summary>
internal static class GroupChunks
{
    /// <summary>The chunks, numbered from 0 within the lease.</summary>
    /// <exception cref="FormatException">The sizes do not add up to the tasks.</exception>
    public static IReadOnlyList<Chunk> Of(ChunkLease lease)
    {
        uint[] sizes = lease.GroupChunkTasks.Count > 0 ? [.. lease.GroupChunkTasks] : [(uint)lease.Tasks.Count];
        if (sizes.Contains(0u) || sizes.Sum(size => (long)size) != lease.Tasks.Count)
        {
            throw new FormatException(
                $"the chunks of lease {lease.LeaseId} hold {string.Join(" + ", sizes)} tasks; expected one or more each, and {lease.Tasks.Count} in all");
        }

        var chunks = new Chunk[sizes.Length];
        int first = 0;
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = new Chunk(i, [.. lease.Tasks.Skip(first).Take((int)sizes[i])]);
            first += (int)sizes[i];
        }

        return chunks;
    }
}
