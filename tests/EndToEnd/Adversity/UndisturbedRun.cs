using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>
/// 300 iterations of Omniglot with one worker and no mischief: what every disturbed run must give as well. With so many query examples that
/// there is time for several disturbances.
/// </summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    private static readonly string[] Settings = ["outer.iterations=300", "tasks.query=15", "seed=3", "checkpoints.every=10", "evaluation.every=0", "evaluation.tasks=40"];

    /// <summary>SHA-256 of θ.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest()
    {
        Presets.TryGet("omniglot-5way-1shot", out Preset? preset).ShouldBeTrue();
        return new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(
                RunConfigurationFile.Parse(preset.Yaml, preset.Name, [.. Settings.Select(ConfigurationOverride.Parse)])),
            Preset = preset.Name,
        };
    }

    public async Task InitializeAsync()
    {
        if (!Omniglot.IsPresent) return;
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([
            "train", "omniglot-5way-1shot", "--data", Omniglot.Folder, "--workers", "1", "--output", folder.Path,
            .. Settings.SelectMany(setting => new[] { "--set", setting }),
        ])).ShouldSucceed();
        Hash = RunSummary.Single(folder.Path).Hash;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
