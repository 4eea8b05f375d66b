namespace Maml.Cluster.Cli.CommandLine;

/// <summary>A command could not do what was asked; ends with <see cref="ExitCode.Failed"/> and the message alone.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
