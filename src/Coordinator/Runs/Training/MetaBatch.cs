using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>The tasks of an iteration or evaluation, cut into chunks.</summary>
internal static class MetaBatch
{
    /// <summary>Cuts tasks into chunks by their number alone, never by that of the workers: the cut decides the order of summation.</summary>
    /// <param name="tasks">Tasks in all; 1 or more.</param>
    /// <param name="chunkTasks">Tasks in a chunk; the last may hold fewer.</param>
    public static IReadOnlyList<Range> Cut(int tasks, int chunkTasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkTasks, 1);
        var chunks = new List<Range>();
        for (int first = 0; first < tasks; first += chunkTasks) chunks.Add(first..(int)Math.Min((long)first + chunkTasks, tasks));
        return chunks;
    }

    /// <summary>Draws tasks and cuts them.</summary>
    /// <param name="run">The run; its seed and sampler decide the tasks.</param>
    /// <param name="split">What the tasks are for.</param>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="tasks">Tasks in all.</param>
    /// <param name="query">Query examples a class.</param>
    /// <param name="chunkTasks">Tasks in a chunk.</param>
    public static IReadOnlyList<Chunk> Sample(RunContext run, TaskSplit split, long iteration, int tasks, int query, int chunkTasks)
    {
        IReadOnlyList<Range> ranges = Cut(tasks, chunkTasks);
        var chunks = new Chunk[ranges.Count];
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            (int first, int count) = ranges[chunk].GetOffsetAndLength(tasks);
            var descriptors = new Protos.V1.TaskDescriptor[count];
            for (int i = 0; i < count; i++)
            {
                var address = new TaskAddress(split, iteration, first + i);
                descriptors[i] = TaskMessages.ToMessage(run.Sampler.Sample(run.Configuration.Seed, address, query));
            }

            chunks[chunk] = new Chunk(chunk, descriptors);
        }

        return chunks;
    }
}
