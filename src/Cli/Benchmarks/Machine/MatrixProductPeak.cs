using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Commands;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Benchmarks.Machine;

/// <summary>Measures matrix products in processes of their own: libtorch stays out of the coordinator's process, as in a run.</summary>
internal static class MatrixProductPeak
{
    /// <summary>One process for each device named, all at once, as workers compute.</summary>
    /// <param name="devices">The device of each.</param>
    /// <param name="interrupt">Gives up.</param>
    /// <exception cref="CommandFailedException">One could not measure; the message says why.</exception>
    public static Task<MatrixProductRate[]> MeasureAsync(IEnumerable<string> devices, CancellationToken interrupt) =>
        Task.WhenAll(devices.Select(device => MeasureAsync(device, interrupt)));

    private static async Task<MatrixProductRate> MeasureAsync(string device, CancellationToken interrupt)
    {
        // Not the running process's own file: in tests that is the test host.
        var start = new ProcessStartInfo(
            "dotnet", [Assembly.GetExecutingAssembly().Location, MatrixProductCommand.CommandName, "--device", device])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new CommandFailedException("The measurement of matrix products could not be started.");
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(interrupt);
            string output = await process.StandardOutput.ReadToEndAsync(interrupt);
            await process.WaitForExitAsync(interrupt);
            return process.ExitCode == ExitCode.Done
                ? JsonSerializer.Deserialize<MatrixProductRate>(output)!
                : throw new CommandFailedException($"Matrix products could not be measured on {device}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
