using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>A task descriptor cannot be turned into examples.</summary>
internal sealed class TaskException(string message) : Exception(message)
{
    /// <summary>The descriptor as the kind that a source draws from.</summary>
    /// <exception cref="TaskException">It is of another kind.</exception>
    public static T Require<T>(TaskDescriptor task)
        where T : TaskDescriptor =>
        task as T ?? throw new TaskException($"Task {task.Index} is a {task.GetType().Name}, but the run draws {typeof(T).Name}s.");
}
