using System.Diagnostics;
using System.Reflection;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>How this program starts itself as a worker.</summary>
internal static class WorkerCommandLine
{
    public static ProcessStartInfo Create(Uri coordinator, string name, string device, string? dataDirectory)
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
        if (dataDirectory is not null)
        {
            start.ArgumentList.Add("--data");
            start.ArgumentList.Add(dataDirectory);
        }

        return start;
    }
}
