using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Training;

/// <summary>Promise 2: θ does not depend on how many workers computed it, nor on which of them survived.</summary>
public sealed class SameForAnyNumberOfWorkersTests
{
    [Fact]
    public async Task Train_SinusoidWithOneTwoAndThreeWorkers_GivesTheSameBytes()
    {
        string reference = await TrainAsync("sinusoid", 1);
        (await TrainAsync("sinusoid", 2)).ShouldBe(reference);
        (await TrainAsync("sinusoid", 3)).ShouldBe(reference);
    }

    [OmniglotFact]
    public async Task Train_OmniglotWithOneAndTwoWorkers_GivesTheSameBytes()
    {
        string[] small = ["--data", Omniglot.Folder, "--set", "model.filters=16", "--set", "outer.tasksPerIteration=8", "--set", "evaluation.tasks=20"];
        (await TrainAsync("omniglot-5way-1shot", 2, small)).ShouldBe(await TrainAsync("omniglot-5way-1shot", 1, small));
    }

    [Fact]
    public async Task Train_WorkerKilledOnTheWay_GivesTheSameBytes()
    {
        string[] arguments = ["train", "sinusoid", "--iterations", "3000", "--seed", "7", "--set", "evaluation.tasks=50"];
        string reference = await TrainAsync([.. arguments, "--workers", "1"]);

        using var folder = new TemporaryFolder();
        await using MamlProcess training = MamlProcess.Start([.. arguments, "--workers", "2", "--output", folder.Path]);
        await training.WaitForTextAsync("iteration", TimeSpan.FromSeconds(60));
        for (int i = 0; i < 2; i++)
        {
            Signals.Send(Signals.ChildrenOf(training.Id)[0], "KILL");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        (await training.WaitAsync(TimeSpan.FromMinutes(3))).ShouldSucceed();
        RunSummary.Single(folder.Path).Hash.ShouldBe(reference);
    }

    private static Task<string> TrainAsync(string preset, int workers, params string[] more) =>
        TrainAsync(["train", preset, "--workers", $"{workers}", "--iterations", "50", "--seed", "7", .. more]);

    private static async Task<string> TrainAsync(string[] arguments)
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([.. arguments, "--output", folder.Path])).ShouldSucceed();
        return RunSummary.Single(folder.Path).Hash;
    }
}
