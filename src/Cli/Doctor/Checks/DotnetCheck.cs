using System.Diagnostics;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>The runtime, and the SDK that builds.</summary>
internal sealed class DotnetCheck : IDoctorCheck
{
    private const string Remedy = "curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0";

    public string Subject => ".NET";

    public async Task<Finding> RunAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["--list-sdks"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string[] sdks = (await process.StandardOutput.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? sdk = sdks.Select(line => line.Split(' ')[0]).LastOrDefault(version => version.StartsWith("10.", StringComparison.Ordinal));
        return sdk is null
            ? Finding.Improvable(Subject, $"runtime {Environment.Version}; no SDK 10, so nothing can be built", Remedy)
            : Finding.Good(Subject, $"runtime {Environment.Version}, SDK {sdk}");
    }
}
