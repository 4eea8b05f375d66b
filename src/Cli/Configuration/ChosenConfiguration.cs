using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Configuration;

/// <summary>A configuration and where it came from.</summary>
/// <param name="Configuration">Complete and valid.</param>
/// <param name="Preset">The preset's name; empty for a file.</param>
internal sealed record ChosenConfiguration(RunConfiguration Configuration, string Preset);
