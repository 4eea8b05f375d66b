using System.Runtime.InteropServices;
using Maml.Cluster.Coordinator.Hosting;

// The entry of a container: `maml coordinator` is the same host with a friendlier command line. Options come from
// environment variables such as MAML_COORDINATOR_PORT=5100 and MAML_COORDINATOR_SECURITY__TOKENSFILE, or from arguments such as
// --Port=5100; tokens themselves from MAML_TOKENS.
CoordinatorOptions options;
try
{
    options = new ConfigurationBuilder().AddEnvironmentVariables("MAML_COORDINATOR_").AddCommandLine(args).Build()
        .Get<CoordinatorOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new CoordinatorOptions();
    if (Environment.GetEnvironmentVariable("MAML_TOKENS") is { Length: > 0 } tokens)
        options = options with { Security = options.Security with { Tokens = tokens } };
}
catch (Exception e) when (e is InvalidOperationException or FormatException)
{
    await Console.Error.WriteLineAsync($"{e.Message} {e.InnerException?.Message}".TrimEnd());
    return 2;
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
    await using CoordinatorHost host = await CoordinatorHost.StartAsync(options, stopping.Token);
    await Console.Error.WriteLineAsync($"The coordinator listens on {host.Address}");
    await host.WaitForShutdownAsync(stopping.Token);
    return 0;
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
