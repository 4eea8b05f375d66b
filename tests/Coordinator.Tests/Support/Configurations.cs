using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>Small configurations.</summary>
internal static class Configurations
{
    /// <summary>An mlp of 13 parameters on sine waves: 10 tasks in chunks of 3 an iteration.</summary>
    public static RunConfiguration Sinusoid(long iterations = 5) => new()
    {
        Name = "test",
        Seed = 11,
        Model = new ModelConfiguration { Kind = ModelKind.Mlp, Widths = [4] },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Sinusoid, Way = 1, Shot = 5, Query = 5 },
        Loss = Loss.Mse,
        Inner = new InnerConfiguration { Steps = 2, LearningRate = 0.01 },
        Outer = new OuterConfiguration { TasksPerIteration = 10, Iterations = iterations, LearningRate = 0.01, CurveEvery = 1 },
        Evaluation = new EvaluationConfiguration { Tasks = 9, InnerSteps = 3, Query = 5 },
        Checkpoints = new CheckpointConfiguration { Every = 2, Keep = 2 },
        Chunk = new ChunkConfiguration { Tasks = 3 },
    };

    /// <summary>The smallest classification.</summary>
    public static RunConfiguration Logistic(long iterations = 3) => Sinusoid(iterations) with
    {
        Model = new ModelConfiguration { Kind = ModelKind.Logistic },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Logistic, Way = 2, Shot = 5, Query = 5 },
        Loss = Loss.BinaryCrossEntropy,
    };
}
