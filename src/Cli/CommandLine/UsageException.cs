namespace Maml.Cluster.Cli.CommandLine;

/// <summary>The command line asks for something that cannot be; ends with <see cref="ExitCode.WrongUsage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
