using Maml.Cluster.Cli.CommandLine;

return await MamlCommandLine.RunAsync(args, Terminal.System(), TimeProvider.System, CancellationToken.None);
