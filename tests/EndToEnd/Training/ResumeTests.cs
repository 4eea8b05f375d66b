using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Training;

/// <summary><c>maml train --resume</c>: a run goes on from its newest checkpoint, whatever ended it, and ends with the same bytes.</summary>
public sealed class ResumeTests
{
    private static readonly string[] Settings =
        ["--workers", "2", "--iterations", "3000", "--seed", "5", "--set", "evaluation.tasks=50", "--set", "checkpoints.every=200"];

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public async Task Train_EndedAmidTrainingThenResumed_GivesTheSameBytes(string signal)
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync(["train", "sinusoid", .. Settings, "--output", folder.File("undisturbed")])).ShouldSucceed();
        string reference = RunSummary.Single(folder.File("undisturbed")).Hash;

        string runs = folder.File("disturbed");
        await using (MamlProcess training = MamlProcess.Start(["train", "sinusoid", .. Settings, "--output", runs]))
        {
            await training.WaitForTextAsync("iteration 1/", TimeSpan.FromSeconds(60));
            await WaitForCheckpointAsync(runs);
            training.Signal(signal);
            (await training.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(signal == "INT" ? 130 : 137);
        }

        string run = Directory.GetDirectories(runs).ShouldHaveSingleItem();
        MamlResult resumed = (await MamlProcess.RunAsync("train", "--resume", run, "--workers", "1")).ShouldSucceed();
        resumed.Output.ShouldContain("Before and after 3000 iterations");
        RunSummary summary = RunSummary.Single(runs);
        summary.Hash.ShouldBe(reference);
        summary["iterations"].GetInt64().ShouldBe(3000);
        File.ReadLines(Path.Combine(run, "metrics.csv")).Skip(1).Select(row => row.Split(',')[0])
            .ShouldBe(Enumerable.Range(1, 3000).Select(iteration => $"{iteration}"), "every iteration is recorded once");

        MamlResult again = await MamlProcess.RunAsync("train", "--resume", run);
        again.ExitCode.ShouldBe(1);
        again.Errors.ShouldContain("is complete: all of its 3000 iterations are done");
    }

    private static async Task WaitForCheckpointAsync(string runs)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Directory.GetFiles(runs, "iteration-*.safetensors", SearchOption.AllDirectories).Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }
}
