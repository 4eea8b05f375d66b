using System.Diagnostics;
using System.Net;
using System.Reflection;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Monitoring;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>How this program starts itself as a worker.</summary>
internal static class WorkerCommandLine
{
    public static ProcessStartInfo Create(Uri coordinator, string name, string device, LocalClusterOptions options, HandoverWriter? handover, int number)
    {
        // Not the running process's own file: in tests that is the test host.
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // This machine's own coordinator asks for no token, and a worker need not know the user's.
        start.Environment.Remove(Connections.ConnectionOptions.TokenVariable);
        string[] arguments =
        [
            Assembly.GetExecutingAssembly().Location, "worker", "--coordinator", coordinator.ToString(),
            "--name", name, "--device", device, "--exit-with-parent",
        ];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        if (handover is not null) Add(start, "--handover", handover.Path);
        if (options.DataDirectory is { } data) Add(start, "--data", data);
        MonitoringOptions monitoring = options.MonitoringOf(number);
        if (monitoring.Port is { } port) Add(start, "--metrics-listen", new IPEndPoint(IPAddress.Parse(monitoring.ListenAddress), port).ToString());
        if (options.Telemetry.OtlpEndpoint is { } collector) Add(start, "--otlp-endpoint", collector.ToString());
        return start;
    }

    private static void Add(ProcessStartInfo start, string option, string value)
    {
        start.ArgumentList.Add(option);
        start.ArgumentList.Add(value);
    }
}
