using System.Text.Json.Serialization;
using Maml.Cluster.Cli.Benchmarks.Machine;
using Maml.Cluster.Cli.Benchmarks.Measuring;

namespace Maml.Cluster.Cli.Benchmarks.Reporting;

/// <summary>Everything that one <c>maml bench</c> measured.</summary>
/// <param name="Machine">On what.</param>
/// <param name="Data">The folder that pictures were drawn from; null where none were.</param>
/// <param name="Configurations">Each configuration, in the order asked for.</param>
internal sealed record BenchmarkReport(MachineReport Machine, string? Data, IReadOnlyList<BenchmarkResult> Configurations)
{
    /// <summary>Version of the JSON document: grows when a name changes its meaning or goes.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; } = 1;
}
