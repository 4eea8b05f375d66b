using System.Diagnostics;
using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Clients;

/// <summary>The Python client against real processes.</summary>
public sealed class PythonClientTests
{
    [Fact]
    public async Task PythonClient_AllItCanDo_AgreesWithTheCommandLineToTheLastDigit()
    {
        using var runs = new TemporaryFolder();
        await using ServiceProcesses service = await ServiceProcesses.StartAsync(runs.Path);
        JsonElement found = JsonDocument.Parse(await RunPythonAsync(service.Address)).RootElement;
        MamlResult result = (await MamlProcess.RunAsync(
            "evaluate", "--coordinator", service.Address, "--run", found.GetProperty("run").GetString()!,
            "--tasks", "70", "--inner-steps", "4", "--json")).ShouldSucceed();
        Losses(found.GetProperty("evaluation"), "loss_ci95").ShouldBe(Losses(JsonDocument.Parse(result.Output).RootElement, "lossCi95"));
    }

    private static IEnumerable<(double Loss, double Ci95)> Losses(JsonElement evaluation, string interval) => evaluation.GetProperty("steps")
        .EnumerateArray().Select(step => (step.GetProperty("loss").GetDouble(), step.GetProperty(interval).GetDouble()));

    private static async Task<string> RunPythonAsync(string address)
    {
        // Debian's interpreter, not another one that may come first on the path: python3-grpcio belongs to it.
        string client = Path.Combine(Omniglot.FindRepository(), "clients", "python");
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(client, "tests", "check_client.py"), address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONPATH"] = client, ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, $"The client needs python3-grpcio and python3-protobuf (apt-get install python3-grpcio python3-protobuf).\n{await errors}");
        return output;
    }
}
