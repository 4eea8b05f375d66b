using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>300 iterations of waves, each with so many tasks that there is time for what is done to the coordinators: alone and undisturbed.</summary>
public sealed class SteadyRun : IAsyncLifetime
{
    public const int Iterations = 300;

    private static readonly string[] Settings =
    [
        $"outer.iterations={Iterations}", "outer.tasksPerIteration=400", "inner.steps=5", "tasks.query=50", "seed=5", "checkpoints.every=5", "evaluation.every=0",
        "evaluation.tasks=100",
    ];

    /// <summary>SHA-256 of θ.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest()
    {
        Presets.TryGet("sinusoid", out Preset? preset).ShouldBeTrue();
        return new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(
                RunConfigurationFile.Parse(preset.Yaml, preset.Name, [.. Settings.Select(ConfigurationOverride.Parse)])),
            Preset = preset.Name,
        };
    }

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([
            "train", "sinusoid", "--workers", "1", "--output", folder.Path, .. Settings.SelectMany(setting => new[] { "--set", setting }),
        ])).ShouldSucceed();
        Hash = RunSummary.Single(folder.Path).Hash;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
