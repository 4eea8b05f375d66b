using System.Diagnostics;
using System.Text.Json;
using Maml.Cluster.Cli.Benchmarks.Data;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Benchmarks;

/// <summary>What `bench/compare.py` rests on: the peer does the same work as we do, and refuses other work.</summary>
public sealed class PeerTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public async Task Verify_SameConfiguration_TheMetaGradientsAgree(string name)
    {
        using var folder = new TemporaryFolder();
        string file = await WriteGradientAsync(name, folder);
        MamlResult peer = await RunPeerAsync(name, "--verify", file);
        peer.ExitCode.ShouldBe(0, peer.Errors);
        JsonElement comparison = JsonDocument.Parse(peer.Output).RootElement;
        comparison.GetProperty("relativeError").GetDouble().ShouldBeLessThan(Tolerance);
        comparison.GetProperty("comparedTasks").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Verify_OtherConfiguration_IsRefused()
    {
        using var folder = new TemporaryFolder();
        MamlResult peer = await RunPeerAsync("B", "--verify", await WriteGradientAsync("A", folder));
        peer.ExitCode.ShouldNotBe(0);
        peer.Errors.ShouldContain("innerSteps");
    }

    [Fact]
    public async Task Measure_OneTask_PrintsTasksASecond()
    {
        MamlResult peer = await RunPeerAsync("A", "--tasks", "1", "--seconds", "0.1", "--threads", "1", "--processes", "1");
        peer.ExitCode.ShouldBe(0, peer.Errors);
        JsonElement measured = JsonDocument.Parse(peer.Output).RootElement;
        measured.GetProperty("tasksPerSecond").GetDouble().ShouldBeGreaterThan(0);
        measured.GetProperty("tasksPerSecondOfProcesses").GetDouble().ShouldBeGreaterThan(0);
        measured.GetProperty("settings").GetProperty("tasks").GetInt32().ShouldBe(1);
    }

    private static async Task<string> WriteGradientAsync(string name, TemporaryFolder folder)
    {
        SyntheticCharacters.Ensure(SyntheticCharacters.DefaultFolder);
        string file = folder.File("gradient.safetensors");
        string configuration = Path.Combine(AppContext.BaseDirectory, "Benchmarks", $"{name}.yaml");
        string[] arguments = ["gradient", configuration, "--data", SyntheticCharacters.DefaultFolder, "--tasks", "2", "--output", file];
        (await MamlProcess.RunAsync(arguments)).ShouldSucceed();
        return file;
    }

    private static async Task<MamlResult> RunPeerAsync(params string[] arguments)
    {
        // Debian's interpreter, not another one that may come first on the path: python3-torch belongs to it.
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Peers", "measure.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return new MamlResult(python.ExitCode, output, await errors);
    }
}
