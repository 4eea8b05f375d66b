using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Maml.Cluster.Cli.Commands;
using Maml.Cluster.Cli.Commands.Cluster;
using Maml.Cluster.Cli.Commands.Runs;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>The <c>maml</c> command with everything below it.</summary>
internal static class MamlCommandLine
{
    private const string Description = """
        Meta-learning with MAML: finds initial weights from which a few gradient steps learn a new task.
        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. './maml test' runs the project's tests.
        """;

    private const string Examples = """
        maml train sinusoid                                  train a small preset; needs no data
        maml train omniglot-5way-1shot --data ~/omniglot     train on Omniglot
        maml evaluate runs/RUN --inner-steps 10              evaluate what was trained
        maml doctor                                          see what is installed
        maml train --help                                    options of a command
        """;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Has the effect of Ctrl-C.</param>
    /// <returns>An exit code: see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        ParseResult result = CreateRoot(terminal, time).Parse(arguments.Length == 0 ? ["--help"] : arguments);
        bool answersByItself = result.Action is { ClearsParseErrors: true };
        IReadOnlyList<string> faults = answersByItself ? [] : UsageFaults.Describe(result);
        if (faults.Count > 0)
        {
            foreach (string fault in faults) await terminal.Error.WriteLineAsync($"maml: {fault}");
            await terminal.Error.WriteLineAsync($"Run '{UsageFaults.CommandPath(result)} --help' for what is possible.");
            return ExitCode.WrongUsage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are for CommandRunner, which knows what each command makes of them.
            ProcessTerminationTimeout = null,
        };
        return await result.InvokeAsync(configuration, cancellation);
    }

    private static RootCommand CreateRoot(Terminal terminal, TimeProvider time)
    {
        var runner = new CommandRunner(terminal);
        var root = new RootCommand(Description)
        {
            new TrainCommand(terminal, runner, time),
            new EvaluateCommand(terminal, runner, time),
            new AdaptCommand(terminal, runner),
            new RunsCommand(terminal, runner, time),
            new GradientCommand(terminal, runner),
            new CoordinatorCommand(terminal, runner),
            new ClusterCommand(terminal, runner),
            new WorkerCommand(runner),
            new AggregatorCommand(terminal, runner),
            new PresetsCommand(terminal, runner),
            new DoctorCommand(terminal, runner),
            new BenchCommand(terminal, runner, time),
            new MatrixProductCommand(terminal, runner, time),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((SynchronousCommandLineAction)help.Action!, Examples);
        return root;
    }
}
