namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>Tasks a second, and how it varied.</summary>
/// <param name="Mean">Over all of the measurement.</param>
/// <param name="Slices">Over consecutive parts of it, of as many iterations each as possible.</param>
internal sealed record TaskRate(double Mean, IReadOnlyList<double> Slices)
{
    /// <summary>Parts that a measurement is cut into.</summary>
    public const int MostSlices = 5;

    /// <summary>The slowest slice.</summary>
    public double Minimum => Slices.Min();

    /// <summary>The fastest slice.</summary>
    public double Maximum => Slices.Max();

    /// <summary>The rates from the moments at which iterations ended.</summary>
    /// <param name="ends">Iterations done and the time in seconds; the first is where the measurement begins. Two or more, in order.</param>
    /// <param name="tasksPerIteration">Tasks of each.</param>
    public static TaskRate Of(IReadOnlyList<(ulong Iteration, double Seconds)> ends, int tasksPerIteration)
    {
        int steps = ends.Count - 1, slices = Math.Min(MostSlices, steps);
        return new TaskRate(
            Between(0, steps),
            [.. Enumerable.Range(0, slices).Select(slice => Between(slice * steps / slices, (slice + 1) * steps / slices))]);

        double Between(int first, int last) =>
            (ends[last].Iteration - ends[first].Iteration) * (double)tasksPerIteration / (ends[last].Seconds - ends[first].Seconds);
    }
}
