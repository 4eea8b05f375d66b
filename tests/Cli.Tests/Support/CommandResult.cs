namespace Maml.Cluster.Cli.Tests.Support;

internal sealed record CommandResult(int ExitCode, string Output, string Errors);
