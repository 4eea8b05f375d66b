using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>
/// Draws N-way tasks over image classes. In training a class rotated by 90, 180 or 270 degrees is a class of its own
/// (Santoro et al. 2016, section 4.1); in evaluation classes are as drawn.
/// </summary>
public sealed class ImageTaskSampler : ITaskSampler
{
    private readonly IReadOnlyList<int> _trainClasses;
    private readonly IReadOnlyList<int> _testClasses;
    private readonly ImageExamples _examples;
    private readonly int _way;

    /// <summary>Creates a sampler.</summary>
    /// <param name="trainClasses">Classes for training.</param>
    /// <param name="testClasses">Classes for evaluation.</param>
    /// <param name="examplesPerClass">Images of every class; at most 256.</param>
    /// <param name="way">Classes in a task.</param>
    /// <param name="shot">Support examples a class.</param>
    public ImageTaskSampler(IReadOnlyList<int> trainClasses, IReadOnlyList<int> testClasses, int examplesPerClass, int way, int shot)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(way, Math.Min(trainClasses.Count, testClasses.Count));
        _trainClasses = trainClasses;
        _testClasses = testClasses;
        _examples = new ImageExamples(examplesPerClass, shot);
        _way = way;
    }

    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query)
    {
        RandomStream random = address.OpenStream(runSeed);
        bool isTraining = address.Split == TaskSplit.Train;
        IReadOnlyList<int> population = isTraining ? _trainClasses : _testClasses;

        int[] chosen = new int[_way];
        random.NextDistinct(chosen, isTraining ? population.Count * ImageExamples.Rotations : population.Count);
        return new ImageTask(
            address.Index,
            [.. chosen.Select(choice => _examples.Draw(population[choice % population.Count], choice / population.Count, query, ref random))]);
    }
}
