using System.Diagnostics;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>Prometheus' own checks.</summary>
internal static class Promtool
{
    /// <summary>Runs a check.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">What to check.</param>
    /// <returns>Its exit code, and everything that it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
