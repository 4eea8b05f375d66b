using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Tasks.Images;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Finds the builder for a source of tasks.</summary>
internal static class TaskBuilders
{
    /// <summary>Whether the source draws from a data set.</summary>
    public static bool NeedsDataSet(TaskSourceKind source) => source == TaskSourceKind.Omniglot;

    /// <summary>Creates the builder.</summary>
    /// <param name="tasks">The source.</param>
    /// <param name="dataSet">The data set that it draws from; null for sources that need none.</param>
    /// <exception cref="TaskException">The source needs a data set, or the data set does not fit it.</exception>
    public static ITaskBuilder Create(TaskConfiguration tasks, ImageDataSet? dataSet)
    {
        TaskShape shape = TaskShape.Of(tasks);
        return tasks.Source switch
        {
            TaskSourceKind.Sinusoid => new SinusoidTaskBuilder(shape),
            TaskSourceKind.Logistic => new LogisticTaskBuilder(shape),
            TaskSourceKind.Omniglot => new ImageTaskBuilder(dataSet ?? throw new TaskException("Omniglot tasks need the Omniglot data set, but the run names none."), shape),
            _ => throw new ArgumentOutOfRangeException(nameof(tasks), tasks.Source, "There is no such source of tasks."),
        };
    }
}
