using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>
/// Draws N-way tasks whose classes are of one alphabet: the alphabet first, each equally likely, then its classes. In training an alphabet
/// rotated by 90, 180 or 270 degrees is an alphabet of its own; in evaluation alphabets are as drawn.
/// </summary>
public sealed class AlphabetTaskSampler : ITaskSampler
{
    private readonly ImageExamples _examples;
    private readonly int[][] _trainAlphabets;
    private readonly int[][] _testAlphabets;
    private readonly int _way;

    /// <summary>Creates a sampler.</summary>
    /// <param name="trainAlphabets">Classes for training, by alphabet. Alphabets of fewer classes than <paramref name="way"/> are left out.</param>
    /// <param name="testAlphabets">Classes for evaluation, by alphabet, likewise.</param>
    /// <param name="examplesPerClass">Images of every class; at most 256.</param>
    /// <param name="way">Classes in a task.</param>
    /// <param name="shot">Support examples a class.</param>
    /// <exception cref="ArgumentException">No alphabet has as many classes as a task, in training or in evaluation.</exception>
    public AlphabetTaskSampler(IEnumerable<int[]> trainAlphabets, IEnumerable<int[]> testAlphabets, int examplesPerClass, int way, int shot)
    {
        _examples = new ImageExamples(examplesPerClass, shot);
        _trainAlphabets = Keep(trainAlphabets, way, "training");
        _testAlphabets = Keep(testAlphabets, way, "evaluation");
        _way = way;
    }

    /// <inheritdoc/>
    public TaskDescriptor Sample(ulong runSeed, TaskAddress address, int query)
    {
        RandomStream random = address.OpenStream(runSeed);
        bool isTraining = address.Split == TaskSplit.Train;
        int[][] alphabets = isTraining ? _trainAlphabets : _testAlphabets;
        int quarterTurns = isTraining ? random.NextInteger(ImageExamples.Rotations) : 0;
        int[] alphabet = alphabets[random.NextInteger(alphabets.Length)];

        int[] chosen = new int[_way];
        random.NextDistinct(chosen, alphabet.Length);
        return new ImageTask(address.Index, [.. chosen.Select(member => _examples.Draw(alphabet[member], quarterTurns, query, ref random))]);
    }

    private static int[][] Keep(IEnumerable<int[]> alphabets, int way, string purpose)
    {
        int[][] all = [.. alphabets];
        int[][] kept = [.. all.Where(alphabet => alphabet.Length >= way)];
        return kept.Length > 0 ? kept : throw new ArgumentException(
            $"Found a task of {way} characters of one alphabet, expected at most {all.Max(alphabet => alphabet.Length)}: " +
            $"no alphabet for {purpose} has more; lower tasks.way, choose another tasks.split, or set tasks.group to 'all'.");
    }
}
