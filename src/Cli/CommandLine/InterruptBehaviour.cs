namespace Maml.Cluster.Cli.CommandLine;

/// <summary>What Ctrl-C means for a command.</summary>
internal enum InterruptBehaviour
{
    /// <summary>The command stops.</summary>
    Stop,

    /// <summary>
    /// Nothing: a terminal sends Ctrl-C to children as well, but the parent still needs them to end well and says
    /// itself when they may go.
    /// </summary>
    LeaveToParent,
}
