namespace Maml.Cluster.Shared.Tasks;

/// <summary>Draws tasks. A task is a pure function of the run's seed and the task's address.</summary>
public interface ITaskSampler
{
    /// <summary>Draws one task.</summary>
    /// <param name="runSeed">The run's seed.</param>
    /// <param name="address">Which of the run's tasks.</param>
    /// <param name="query">Query examples a class.</param>
    TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query);
}
