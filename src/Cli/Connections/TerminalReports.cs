using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Cli.Connections;

/// <summary>Tells the user what needs one.</summary>
internal sealed class TerminalReports(Terminal terminal) : ISecurityReports
{
    /// <inheritdoc/>
    public void Reloaded(string message)
    {
        // As it should be; nobody at a terminal waits for it.
    }

    /// <inheritdoc/>
    public void Warn(string message) => terminal.Error.WriteLine($"maml: {message}");
}
