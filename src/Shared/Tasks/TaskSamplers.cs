using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Makes the sampler that a configuration asks for.</summary>
public static class TaskSamplers
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="tasks">A validated configuration.</param>
    /// <param name="images">The data set; needed by sources that draw from one.</param>
    /// <exception cref="ArgumentException">The source needs a data set and there is none, or the split does not fit it.</exception>
    public static ITaskSampler Create(TaskConfiguration tasks, ImageDataSet? images) => tasks.Source switch
    {
        TaskSourceKind.Sinusoid => new SinusoidTaskSampler(),
        TaskSourceKind.Logistic => new LogisticTaskSampler(),
        TaskSourceKind.Omniglot => CreateImageSampler(tasks, images ?? throw new ArgumentException("Omniglot tasks need the data set.", nameof(images))),
        _ => throw new ArgumentOutOfRangeException(nameof(tasks), tasks.Source, "There is no such source of tasks."),
    };

    private static ITaskSampler CreateImageSampler(TaskConfiguration tasks, ImageDataSet images)
    {
        ClassSplit split = ClassSplit.Create(tasks.Split, images.Classes);
        return tasks.Group == TaskGroup.Alphabet
            ? new AlphabetTaskSampler(
                Alphabets.Of(split.Train, images), Alphabets.Of(split.EvaluationClasses, images), images.ExamplesPerClass, tasks.Way, tasks.Shot)
            : new ImageTaskSampler(split.Train, split.EvaluationClasses, images.ExamplesPerClass, tasks.Way, tasks.Shot);
    }
}
