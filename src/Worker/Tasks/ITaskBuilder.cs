using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Draws the examples that task descriptors define. Pure: the same descriptors give the same numbers on every machine.</summary>
internal interface ITaskBuilder
{
    /// <summary>Draws a chunk. Examples of a task are ordered class by class. They are the builder's, and good until it draws the next chunk.</summary>
    /// <param name="tasks">The tasks, in order.</param>
    /// <param name="shot">Support examples a class.</param>
    /// <param name="query">Query examples a class.</param>
    /// <exception cref="TaskException">A descriptor is not of this source, or asks for what the source does not have.</exception>
    TaskExamples Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query);
}
