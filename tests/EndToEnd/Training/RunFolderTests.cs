using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Training;

/// <summary>What a run leaves behind, and that it can be used again.</summary>
public sealed class RunFolderTests
{
    [Fact]
    public async Task Train_ToItsEnd_LeavesEveryFileAndTheyAgree()
    {
        using var folder = new TemporaryFolder();
        MamlResult result = (await MamlProcess.RunAsync("train", "sinusoid", "--iterations", "120", "--workers", "2", "--output", folder.Path)).ShouldSucceed();
        RunSummary summary = RunSummary.Single(folder.Path);
        result.Output.ShouldContain(summary.Folder);

        string[] metrics = await File.ReadAllLinesAsync(Path.Combine(summary.Folder, "metrics.csv"));
        metrics.Length.ShouldBe(121);
        metrics[0].ShouldStartWith("iteration,seconds,meta_loss,");
        metrics[^1].ShouldStartWith("120,");
        double.Parse(metrics[1].Split(',')[2], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);

        (await File.ReadAllLinesAsync(Path.Combine(summary.Folder, "evaluations.csv"))).Length.ShouldBeGreaterThan(2);
        Directory.GetFiles(Path.Combine(summary.Folder, "checkpoints"), "*.safetensors").ShouldNotBeEmpty();
        summary["iterations"].GetInt64().ShouldBe(120);
        summary["workers"].GetInt32().ShouldBe(2);
        summary["tasks"].GetInt64().ShouldBeGreaterThan(120);
        summary["preset"].GetString().ShouldBe("sinusoid");
        summary.Steps.EnumerateArray().Select(step => step.GetProperty("accuracy").ValueKind).ShouldAllBe(kind => kind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Train_WithAnEarlierRunsConfiguration_RepeatsIt()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync("train", "sinusoid", "--iterations", "20", "--seed", "3", "--set", "inner.steps=2", "--output", folder.File("a"))).ShouldSucceed();
        RunSummary first = RunSummary.Single(folder.File("a"));
        (await MamlProcess.RunAsync("train", Path.Combine(first.Folder, "config.yaml"), "--output", folder.File("b"))).ShouldSucceed();
        RunSummary.Single(folder.File("b")).Hash.ShouldBe(first.Hash);
    }

    [Fact]
    public async Task Evaluate_RunFolderOrCheckpoint_GivesWhatTheSummarySays()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync("train", "sinusoid", "--iterations", "60", "--output", folder.Path)).ShouldSucceed();
        RunSummary summary = RunSummary.Single(folder.Path);
        string checkpoint = Directory.GetFiles(Path.Combine(summary.Folder, "checkpoints"), "*.safetensors").Order(StringComparer.Ordinal).Last();

        foreach (string target in new[] { summary.Folder, checkpoint })
        {
            MamlResult result = (await MamlProcess.RunAsync("evaluate", target, "--json")).ShouldSucceed();
            JsonElement steps = JsonDocument.Parse(result.Output).RootElement.GetProperty("steps");
            steps.EnumerateArray().Select(step => step.GetProperty("loss").GetDouble())
                .ShouldBe(summary.Steps.EnumerateArray().Select(step => step.GetProperty("loss").GetDouble()), 1e-6);
        }

        MamlResult longer = (await MamlProcess.RunAsync("evaluate", summary.Folder, "--json", "--tasks", "30", "--inner-steps", "4")).ShouldSucceed();
        JsonElement root = JsonDocument.Parse(longer.Output).RootElement;
        root.GetProperty("tasks").GetInt32().ShouldBe(30);
        root.GetProperty("steps").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task Train_Interrupted_StopsWithinFiveSecondsAndKeepsTheWork()
    {
        using var folder = new TemporaryFolder();
        await using MamlProcess training = MamlProcess.Start("train", "sinusoid", "--iterations", "1000000", "--output", folder.Path);
        await training.WaitForTextAsync("iteration", TimeSpan.FromSeconds(60));
        int[] workers = Signals.ChildrenOf(training.Id);
        workers.ShouldNotBeEmpty();

        using var standstill = new Standstill();
        var watch = Stopwatch.StartNew();
        training.Signal("INT");
        MamlResult result = await training.WaitAsync(TimeSpan.FromSeconds(60));
        (watch.Elapsed - standstill.Total).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        result.ExitCode.ShouldBe(130, $"{result.Output}\n{result.Errors}");
        RunSummary summary = RunSummary.Single(folder.Path);
        Directory.GetFiles(Path.Combine(summary.Folder, "checkpoints"), "*.safetensors").ShouldNotBeEmpty();
        workers.ShouldAllBe(worker => !Directory.Exists($"/proc/{worker}"));
    }
}
