using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Names one task among all that a run will ever see.</summary>
/// <param name="Split">What the task is drawn for.</param>
/// <param name="Iteration">The iteration, from 0 and below 2³⁸; 0 for evaluations, so that all of a run's evaluations use the same tasks.</param>
/// <param name="Index">Position in the meta-batch or evaluation, from 0 and below 2²⁴.</param>
public readonly record struct TaskAddress(TaskSplit Split, long Iteration, int Index)
{
    private const int IndexBits = 24;
    private const int IterationBits = 38;

    // The two highest bits are 10 for training and 11 for evaluation; streams below them are free for other uses.
    private const ulong TrainStreams = 0b10UL << (IndexBits + IterationBits);
    private const ulong TestStreams = 0b11UL << (IndexBits + IterationBits);

    /// <summary>The random numbers of this task, and of no other task of the run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Iteration or index is out of range.</exception>
    public RandomStream OpenStream(ulong runSeed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Iteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Iteration, 1L << IterationBits);
        ArgumentOutOfRangeException.ThrowIfNegative(Index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Index, 1 << IndexBits);
        ulong split = Split == TaskSplit.Train ? TrainStreams : TestStreams;
        return new RandomStream(runSeed, split | ((ulong)Iteration << IndexBits) | (uint)Index);
    }
}
