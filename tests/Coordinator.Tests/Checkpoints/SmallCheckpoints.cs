using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

/// <summary>Checkpoints of a small model; the same for the same iteration.</summary>
internal static class SmallCheckpoints
{
    public static Checkpoint Create(long iteration, int width = 4) => Create(iteration, [width]);

    public static Checkpoint Create(long iteration, int[] widths)
    {
        RunConfiguration configuration = Configurations.Sinusoid() with { Model = new ModelConfiguration { Kind = ModelKind.Mlp, Widths = widths } };
        float[] theta = CheckpointFormat.LayoutOf(configuration).CreateInitialValues((ulong)iteration);
        return new Checkpoint(
            "run", configuration, iteration, iteration - 1, theta, Array.ConvertAll(theta, x => x * 2), Array.ConvertAll(theta, x => x * x))
        {
            TrainingSeconds = iteration * 0.1,
            WallSeconds = iteration * 0.3,
        };
    }

    public static CheckpointStore Open(string folder, int keep = 3, int keepBest = 0, bool higherIsBetter = true, Action<string>? report = null) =>
        CheckpointStore.Open(folder, new CheckpointRetention(keep, keepBest), higherIsBetter, report ?? (fault => throw new InvalidOperationException(fault)));

    /// <summary>The iterations whose files are in a folder, oldest first.</summary>
    public static long?[] In(string folder) => [.. CheckpointName.In(folder).Select(CheckpointName.IterationOf).Order()];
}
