namespace Maml.Cluster.Shared.Configuration;

/// <summary>Evaluation on held-out tasks. One is always made before the first and after the last iteration.</summary>
public sealed record EvaluationConfiguration
{
    /// <summary>Iterations between evaluations; 0, the default, adds none to the first and the last.</summary>
    public long Every { get; init; }

    /// <summary>Held-out tasks an evaluation. 600 by default, as in the paper.</summary>
    public int Tasks { get; init; } = 600;

    /// <summary>Inner steps at evaluation; may exceed those of training. 3 by default, as for the paper's Omniglot.</summary>
    public int InnerSteps { get; init; } = 3;

    /// <summary>Query examples a class at evaluation. 15 by default, the most that Omniglot's 20 drawings leave for 5 shots.</summary>
    public int Query { get; init; } = 15;
}
