using System.CommandLine;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>A command whose help ends with examples.</summary>
internal abstract class MamlCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Command lines and what they do, one a line.</summary>
    public string Examples { get; } = examples;
}
