namespace Maml.Cluster.Cli.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>What was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>It was tried, and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command, an option or the configuration cannot be used; nothing was tried.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ctrl-C; shells expect 128 + the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;
}
