using Maml.Cluster.Shared.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Draws a chunk on the host and copies it to the device.</summary>
/// <param name="builder">Draws it.</param>
/// <param name="device">Where to.</param>
internal sealed class HostBatchBuilder(ITaskBuilder builder, torch.Device device) : IBatchBuilder
{
    /// <inheritdoc/>
    public TaskBatch Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query) =>
        TaskBatch.From(builder.Build(tasks, shot, query), device, torch.float32);
}
