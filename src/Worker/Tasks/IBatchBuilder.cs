using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Draws the tensors of a chunk on a device, in float32.</summary>
internal interface IBatchBuilder
{
    /// <summary>Draws a chunk; its tensors belong to the dispose scope at hand. Examples of a task are ordered class by class.</summary>
    /// <param name="tasks">The tasks, in order.</param>
    /// <param name="shot">Support examples a class.</param>
    /// <param name="query">Query examples a class.</param>
    /// <exception cref="TaskException">A descriptor is not of this source, or asks for what the source does not have.</exception>
    TaskBatch Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query);
}
