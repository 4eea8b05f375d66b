using System.Runtime.InteropServices;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Monitoring;

// The entry of a container: `maml coordinator` is the same host with a friendlier command line.
CoordinatorOptions options;
string? probe = HealthCheck.ProbeOf(args);
try
{
    options = CoordinatorOptionsReader.Read([.. args.Where(argument => !HealthCheck.IsArgument(argument))]);
}
catch (HostStartException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return probe is null ? 2 : 1;
}

using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    if (probe is not null) return await HealthCheck.RunAsync(options.Monitoring, probe, Console.Out, stopping.Token);
    await using CoordinatorHost host = await CoordinatorHost.StartAsync(options, stopping.Token);
    await Console.Error.WriteLineAsync($"The coordinator listens on {host.Address}");
    await host.WaitForShutdownAsync(stopping.Token);
    if (host.Fault is null) return 0;
    await Console.Error.WriteLineAsync(host.Fault);
    return 1;
}
catch (HostStartException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
