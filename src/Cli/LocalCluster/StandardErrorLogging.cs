using Microsoft.Extensions.Logging.Console;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>Logging of a coordinator within the command line: only what a person must know, and never on standard output.</summary>
internal static class StandardErrorLogging
{
    public static void Configure(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        // That a run waits for its workers is said by the command's own display, and true of every start.
        .AddFilter("Maml.Cluster.Coordinator.Runs", LogLevel.Error)
        .AddSimpleConsole(console => console.SingleLine = true)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
