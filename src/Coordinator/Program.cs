using System.Runtime.InteropServices;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Shared.Monitoring;

// The entry of a container: `maml cluster init` with its own options, or the host; `maml coordinator` is the same host with a friendlier command line.
const string InitializeDatabase = "--initialize-database";
CoordinatorOptions options;
string? probe = HealthCheck.ProbeOf(args);
bool isInitializing = args.Contains(InitializeDatabase);
try
{
    options = CoordinatorOptionsReader.Read([.. args.Where(argument => !HealthCheck.IsArgument(argument) && argument != InitializeDatabase)]);
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
    if (isInitializing)
    {
        bool isNew = await DatabaseSchema.InstallAsync(options.Database, stopping.Token);
        await Console.Out.WriteLineAsync(isNew ? "The database has all tables now." : "The database had all tables already.");
        return 0;
    }

    if (probe is not null) return await HealthCheck.RunAsync(options.Monitoring, probe, Console.Out, stopping.Token);
    await using CoordinatorHost host = await CoordinatorHost.StartAsync(options, stopping.Token);
    await Console.Error.WriteLineAsync($"The coordinator listens on {host.Address}");
    await host.WaitForShutdownAsync(stopping.Token);
    if (host.Fault is null) return 0;
    await Console.Error.WriteLineAsync(host.Fault);
    return 1;
}
catch (Exception e) when (e is HostStartException || (isInitializing && e is IOException or UnauthorizedAccessException or DatabaseSchemaException))
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
