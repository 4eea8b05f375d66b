using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Scale;

/// <summary>Runs whose rounds have as many chunks as the workers can share evenly.</summary>
internal static class ScaleConfiguration
{
    // No measurement reaches it.
    private const long Iterations = 1_000_000_000;

    /// <summary>A run of sinusoid tasks, whose descriptors cost next to nothing beside θ.</summary>
    /// <param name="chunks">Chunks of a round, of one task each.</param>
    /// <param name="parameters">Length of θ, about.</param>
    /// <param name="precision">How gradients cross the wire.</param>
    /// <param name="group">Chunks of a group; 0 for none.</param>
    public static RunConfiguration Create(int chunks, int parameters, GradientPrecision precision = GradientPrecision.Float32, int group = 0) => new()
    {
        Name = "scale",
        Model = new ModelConfiguration { Kind = ModelKind.Mlp, Widths = [WidthFor(parameters), WidthFor(parameters)] },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Sinusoid, Way = 1, Shot = 5, Query = 5 },
        Loss = Loss.Mse,
        Inner = new InnerConfiguration { Steps = 1, LearningRate = 0.01 },
        Outer = new OuterConfiguration { TasksPerIteration = chunks, Iterations = Iterations, GradientPrecision = precision },
        Evaluation = new EvaluationConfiguration { Every = 0, Tasks = 1, InnerSteps = 1, Query = 5 },
        Checkpoints = new CheckpointConfiguration { Every = 0 },
        Chunk = new ChunkConfiguration { Tasks = 1, Group = group },
    };

    /// <summary>The length of θ that a configuration has exactly.</summary>
    public static int CountParameters(RunConfiguration configuration) =>
        ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;

    // An mlp of two hidden layers of width w has w² + 4w + 1 parameters.
    private static int WidthFor(int parameters) => Math.Max(1, (int)Math.Round(Math.Sqrt(parameters + 3.0) - 2));
}
