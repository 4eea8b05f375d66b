using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Benchmarks.Configurations;

/// <summary>Something to be measured.</summary>
/// <param name="Name">What it is called on the command line and in results.</param>
/// <param name="Configuration">Complete and valid.</param>
internal sealed record BenchmarkConfiguration(string Name, RunConfiguration Configuration)
{
    /// <summary>Whether its tasks are drawn from Omniglot.</summary>
    public bool NeedsImages => Configuration.Tasks.Source == TaskSourceKind.Omniglot;
}
