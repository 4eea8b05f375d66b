using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Training;

/// <summary>Meta-training makes adaptation better. The full figures, which take minutes, are in the README; these are their beginnings.</summary>
public sealed class LearningTests
{
    [Fact]
    public async Task Train_Sinusoid_LearnsToAdapt()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync("train", "sinusoid", "--iterations", "4000", "--output", folder.Path)).ShouldSucceed();
        double[] losses = Values(RunSummary.Single(folder.Path), "loss");
        losses[0].ShouldBeGreaterThan(2, "θ itself cannot know the phase");
        losses[1].ShouldBeLessThan(0.6 * losses[0]);
        losses[^1].ShouldBeLessThan(1.2);
    }

    [Fact]
    public async Task Train_Logistic_LearnsToAdapt()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync("train", "logistic", "--output", folder.Path)).ShouldSucceed();
        double[] accuracies = Values(RunSummary.Single(folder.Path), "accuracy");
        accuracies[^1].ShouldBeGreaterThan(0.75);
    }

    [OmniglotFact]
    public async Task Train_Omniglot_LearnsToAdapt()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync(
            "train", "omniglot-5way-1shot", "--data", Omniglot.Folder, "--iterations", "150", "--output", folder.Path,
            "--set", "evaluation.tasks=100", "--set", "outer.schedule=constant")).ShouldSucceed();
        double[] accuracies = Values(RunSummary.Single(folder.Path), "accuracy");
        accuracies[0].ShouldBeLessThan(0.35, "before adaptation the order of the classes is unknown");
        accuracies[^1].ShouldBeGreaterThan(0.7);
    }

    private static double[] Values(RunSummary summary, string name) =>
        [.. summary.Steps.EnumerateArray().Select(step => step.GetProperty(name).GetDouble())];
}
