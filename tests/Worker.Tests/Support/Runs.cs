using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Small configurations, one for each model.</summary>
internal static class Runs
{
    public static readonly RunConfiguration Sinusoid = new()
    {
        Name = "sinusoid",
        Model = new ModelConfiguration { Kind = ModelKind.Mlp, Widths = [12, 9] },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Sinusoid, Way = 1, Shot = 5, Query = 7 },
        Loss = Loss.Mse,
        Inner = new InnerConfiguration { LearningRate = 0.02 },
    };

    public static readonly RunConfiguration Logistic = new()
    {
        Name = "logistic",
        Model = new ModelConfiguration { Kind = ModelKind.Logistic },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Logistic, Way = 2, Shot = 4, Query = 6 },
        Loss = Loss.BinaryCrossEntropy,
        Inner = new InnerConfiguration { LearningRate = 0.5 },
    };

    /// <summary>16 filters fill whole vectors, for which the CPU has kernels of our own; 6 do not.</summary>
    public static RunConfiguration Omniglot(Downsample downsample, int filters = 6) => new()
    {
        Name = "omniglot",
        Model = new ModelConfiguration { Kind = ModelKind.Conv4, Filters = filters, Downsample = downsample },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Omniglot, Split = "1200/423", Way = 3, Shot = 2, Query = 2 },
        Loss = Loss.CrossEntropy,
        Inner = new InnerConfiguration { LearningRate = 0.1 },
    };

    /// <summary>The configuration that a test names; theories can pass nothing but constants.</summary>
    public static RunConfiguration Named(string name, Algorithm algorithm = Algorithm.Maml) => name switch
    {
        "mlp" => Sinusoid,
        "logistic" => Logistic,
        "conv4-stride" => Omniglot(Downsample.Stride),
        "conv4-maxpool" => Omniglot(Downsample.MaxPool),
        "conv4-stride-fused" => Omniglot(Downsample.Stride, 16),
        "conv4-maxpool-fused" => Omniglot(Downsample.MaxPool, 16),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    } with
    { Algorithm = algorithm };
}
