using System.Diagnostics;
using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Clients;

/// <summary>A client that has none of the contract's files, and asks for them.</summary>
public sealed class ReflectionTests
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task Client_WithoutFiles_LearnsTheContractAndCalls(string version)
    {
        using var runs = new TemporaryFolder();
        await using MamlProcess coordinator = MamlProcess.Start("coordinator", "--port", "0", "--runs", runs.Path, "--set", "reflection=true");
        await coordinator.WaitForTextAsync("Ctrl-C stops it", TimeSpan.FromMinutes(2));
        string address = coordinator.Output.Split("Listening on ")[1].Split(';')[0];
        string run = (await MamlProcess.RunAsync("runs", "start", "sinusoid", "--coordinator", address)).ShouldSucceed().Output.Trim();

        JsonElement found = JsonDocument.Parse(await RunPythonAsync(new Uri(address).Authority, version, "maml.v1.RunService/ListRuns")).RootElement;
        found.GetProperty("services").EnumerateArray().Select(service => service.GetString()).ShouldContain("maml.v1.AdaptationService");
        JsonElement listed = found.GetProperty("answer").GetProperty("runs").EnumerateArray().Single();
        listed.GetProperty("runId").GetString().ShouldBe(run);
        listed.GetProperty("preset").GetString().ShouldBe("sinusoid");
    }

    private static async Task<string> RunPythonAsync(params string[] arguments)
    {
        // Debian's interpreter, not another one that may come first on the path: python3-grpcio belongs to it.
        string script = Path.Combine(Omniglot.FindRepository(), "tests", "EndToEnd", "Clients", "by_reflection.py");
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, $"The client needs python3-grpcio and python3-protobuf (apt-get install python3-grpcio python3-protobuf).\n{await errors}");
        return output;
    }
}
