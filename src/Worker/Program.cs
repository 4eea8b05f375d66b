using System.Runtime.InteropServices;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Worker;

/// <summary>The worker as a process of its own, for containers.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stopping = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            WorkerOptions options = WorkerOptionsReader.Read([.. arguments.Where(argument => !HealthCheck.IsArgument(argument))]);
            if (HealthCheck.ProbeOf(arguments) is { } probe) return await HealthCheck.RunAsync(options.Monitoring, probe, Console.Out, stopping.Token);
            await WorkerHost.RunAsync(options, stopping.Token);
            return 0;
        }
        catch (Exception e) when (e is WorkerException or DeviceException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            // Without this the process would end at once, and the chunks it holds would be lost.
            context.Cancel = true;
            stopping.Cancel();
        }
    }
}
