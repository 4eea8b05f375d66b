using System.Text.Json;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Benchmarks;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task Bench_UnknownConfiguration_SuggestsTheClosest()
    {
        CommandResult result = await Support.Maml.RunAsync("bench", "sinusiod");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("Did you mean 'sinusoid'?");
        result.Errors.ShouldContain("A, B, omniglot-5way-1shot");
    }

    [Fact]
    public async Task Bench_TimeAndIterations_IsWrongUsage()
    {
        CommandResult result = await Support.Maml.RunAsync("bench", "A", "--seconds", "5", "--iterations", "5");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("both --seconds and --iterations");
    }

    [Fact]
    public async Task Bench_ValueThatCannotBe_NamesIt()
    {
        CommandResult result = await Support.Maml.RunAsync("bench", "B", "--set", "chunk.tasks=0");
        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldContain("chunk.tasks");
    }

    [Fact]
    public async Task Bench_RunThatEndsTooSoon_SaysWhatToDo()
    {
        CommandResult result = await Support.Maml.RunAsync(
            "bench", "sinusoid", "--set", "outer.iterations=5", "--warm-up", "0", "--workers", "1", "--devices", "cpu");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("sinusoid ended before it was measured: its 5 iterations");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bench_RealRun_PrintsOnlyJsonThatAddsUp()
    {
        CommandResult result = await Support.Maml.RunAsync(
            "bench", "sinusoid", "--iterations", "20", "--warm-up", "0", "--workers", "1", "--devices", "cpu", "--json", "-");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("version").GetInt32().ShouldBe(1);
        JsonElement machine = root.GetProperty("machine");
        machine.GetProperty("workers").GetInt32().ShouldBe(1);
        machine.GetProperty("libtorch").GetString().ShouldNotBeNullOrEmpty();
        machine.GetProperty("oneWorkerGflops").GetDouble().ShouldBeGreaterThan(1);

        JsonElement measured = root.GetProperty("configurations").EnumerateArray().ShouldHaveSingleItem();
        measured.GetProperty("name").GetString().ShouldBe("sinusoid");
        measured.GetProperty("iterations").GetInt64().ShouldBe(20);
        measured.GetProperty("tasksPerSecond").GetProperty("slices").GetArrayLength().ShouldBe(5);
        double seconds = measured.GetProperty("seconds").GetDouble(), mean = measured.GetProperty("tasksPerSecond").GetProperty("mean").GetDouble();
        mean.ShouldBe(20 * 25 / seconds, 1e-6);
        JsonElement split = measured.GetProperty("millisecondsPerIteration");
        string[] parts = ["sample", "broadcast", "queue", "compute", "gather", "idle", "reduce", "adam", "other"];
        parts.Sum(part => split.GetProperty(part).GetDouble()).ShouldBe(split.GetProperty("iteration").GetDouble(), 1e-6);
        parts = ["innerSteps", "query", "metaGradient"];
        parts.ShouldAllBe(part => split.GetProperty(part).GetDouble() > 0);
        parts.Sum(part => split.GetProperty(part).GetDouble()).ShouldBeLessThanOrEqualTo(split.GetProperty("compute").GetDouble() * 1.001);

        // θ of 1761 numbers goes out once for each iteration, and comes back once for each of its two chunks.
        measured.GetProperty("bytesSentPerIteration").GetDouble().ShouldBeInRange(1761 * 4, 1761 * 4 * 3);
        measured.GetProperty("bytesReceivedPerIteration").GetDouble().ShouldBeInRange(1761 * 8, 1761 * 8 * 2);
        measured.GetProperty("workerPeakBytes").GetInt64().ShouldBeGreaterThan(50_000_000);
        measured.GetProperty("coordinatorPeakBytes").GetInt64().ShouldBeGreaterThan(50_000_000);
    }

    [Fact]
    public async Task Bench_OnPictures_NeedsNoDataAndWritesTableAndFile()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("results.json");
        CommandResult result = await Support.Maml.RunAsync(
            "bench", "a", "--set", "model.filters=4", "--set", "outer.tasksPerIteration=2", "--set", "chunk.tasks=1", "--iterations", "5",
            "--warm-up", "0", "--workers", "2", "--devices", "cpu", "--json", file);
        result.ExitCode.ShouldBe(0, result.Errors);
        foreach (string row in new[] { "tasks/s", "meta-gradient", "coordination", "of the peak", "peak MB, largest worker" }) result.Output.ShouldContain(row);
        JsonElement measured = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("configurations")[0];
        measured.GetProperty("name").GetString().ShouldBe("A");
        measured.GetProperty("tasksPerIteration").GetInt32().ShouldBe(2);
        measured.GetProperty("gflops").GetDouble().ShouldBeGreaterThan(0);
    }
}
