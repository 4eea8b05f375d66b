using System.Runtime.InteropServices;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>SIGINT and SIGTERM as a cancellation. A second Ctrl-C ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile int _exitCode = CommandLine.ExitCode.Interrupted;

    public StopSignals(InterruptBehaviour interrupts, CancellationToken outer)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            if (interrupts == InterruptBehaviour.LeaveToParent) context.Cancel = true;
            else Stop(context, CommandLine.ExitCode.Interrupted);
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, CommandLine.ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What to tell the caller after a signal.</summary>
    public int ExitCode => _exitCode;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        // The first signal is ours; the second takes its usual way and ends the process.
        context.Cancel = !_stop.IsCancellationRequested;
        _exitCode = exitCode;
        _stop.Cancel();
    }
}
