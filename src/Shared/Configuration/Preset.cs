namespace Maml.Cluster.Shared.Configuration;

/// <summary>A configuration that comes with the program, to be used as it is or copied.</summary>
/// <param name="Name">Its name, which is the run's name too.</param>
/// <param name="Summary">What it trains, in one line.</param>
/// <param name="Yaml">The file, with comments for those who copy it.</param>
public sealed record Preset(string Name, string Summary, string Yaml);
