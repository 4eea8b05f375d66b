using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs</c>: the runs of a coordinator that runs elsewhere.</summary>
internal sealed class RunsCommand : MamlCommand
{
    public RunsCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base("runs", "Lists, starts, watches, pauses, resumes and stops the runs of a coordinator.", """
            maml runs list                                                what there is, newest first
            maml runs start omniglot-5way-1shot                           as 'maml train', on the coordinator's workers
            maml runs watch RUN                                           progress, to its end
            maml runs pause RUN                                           others may compute in its place
            maml runs resume RUN                                          goes on, also after a stop or a fault
            maml runs list --coordinator https://maml.example:5100        another coordinator
            """)
    {
        Add(new RunsListCommand(terminal, runner));
        Add(new RunsShowCommand(terminal, runner));
        Add(new RunsStartCommand(terminal, runner));
        Add(new RunsWatchCommand(terminal, runner, time));
        Add(RunsChangeCommand.Pause(terminal, runner));
        Add(RunsChangeCommand.Resume(terminal, runner));
        Add(RunsChangeCommand.Stop(terminal, runner));
    }
}
