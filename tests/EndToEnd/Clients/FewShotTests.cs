using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;
using Xunit.Abstractions;

namespace Maml.Cluster.EndToEnd.Clients;

/// <summary>What few-shot learning is for: characters of alphabets that training never saw, from one drawing of each.</summary>
public sealed class FewShotTests(ITestOutputHelper output)
{
    // Every other alphabet of the half: each is a process of its own.
    private const int Alphabets = 6;

    [OmniglotFact]
    public async Task Adapt_AlphabetsThatTrainingNeverSaw_AreToldApartFromOneDrawingEach()
    {
        using var runs = new TemporaryFolder();
        (await MamlProcess.RunAsync(
            "train", "omniglot-5way-1shot", "--data", Omniglot.Folder, "--iterations", "300", "--output", runs.Path,
            "--set", "tasks.split=964/659", "--set", "evaluation.tasks=40", "--set", "evaluation.every=0")).ShouldSucceed();
        string run = Path.GetFileName(RunSummary.Single(runs.Path).Folder);

        // Neither has the data set, and neither needs it.
        await using ServiceProcesses service = await ServiceProcesses.StartAsync(runs.Path);
        var accuracies = new List<double>();
        foreach (string alphabet in Drawings.Alphabets().Where((_, i) => i % 2 == 0).Take(Alphabets))
        {
            using var task = new TemporaryFolder();
            Drawings.WriteTask(task.Path, alphabet, way: 5);
            MamlResult result = (await MamlProcess.RunAsync(
                "adapt", "--coordinator", service.Address, "--run", run, "--checkpoint", "best", "--json",
                "--support", Path.Combine(task.Path, "support"), "--query", Path.Combine(task.Path, "query"))).ShouldSucceed();
            JsonElement answer = JsonDocument.Parse(result.Output).RootElement;
            answer.GetProperty("predictions").GetArrayLength().ShouldBe(5 * 19);
            accuracies.Add(answer.GetProperty("accuracy").GetDouble());
        }

        output.WriteLine($"mean {accuracies.Average()} of {string.Join(", ", accuracies)}");

        // A twentieth of the iterations of the preset, which reach three quarters; docs/clients.md has figures after more of them.
        accuracies.Average().ShouldBeGreaterThan(0.65, string.Join(", ", accuracies));
    }
}
