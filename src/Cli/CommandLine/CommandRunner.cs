namespace Maml.Cluster.Cli.CommandLine;

/// <summary>Runs a command: signals become cancellation, failures become one message, and both an exit code.</summary>
internal sealed class CommandRunner(Terminal terminal)
{
    /// <summary>Runs <paramref name="command"/> to its end.</summary>
    /// <param name="command">What to do; its result is the exit code.</param>
    /// <param name="cancellation">Ends the command like Ctrl-C does.</param>
    /// <param name="interrupts">What Ctrl-C means.</param>
    public async Task<int> RunAsync(
        Func<CancellationToken, Task<int>> command,
        CancellationToken cancellation,
        InterruptBehaviour interrupts = InterruptBehaviour.Stop)
    {
        using var signals = new StopSignals(interrupts, cancellation);
        try
        {
            return await command(signals.Token);
        }
        catch (Exception exception) when (signals.Token.IsCancellationRequested && Failure.IsCancellation(exception))
        {
            return signals.ExitCode;
        }
        catch (Exception exception)
        {
            Failure failure = Failure.Of(exception);
            await terminal.Error.WriteLineAsync($"maml: {failure.Message}");
            return failure.ExitCode;
        }
    }
}
