using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>40 iterations of waves, alone and undisturbed.</summary>
public sealed class ShortRun : IAsyncLifetime
{
    private const int Many = 1_000_000;

    private static readonly string[] Settings = ["outer.iterations=40", "seed=5", "checkpoints.every=5", "evaluation.every=0", "evaluation.tasks=100"];

    /// <summary>SHA-256 of θ.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest() => CreateRequest(Settings);

    /// <summary>Asks for a run that does not end by itself.</summary>
    public static StartRunRequest CreateEndlessRequest() => CreateRequest([.. Settings, $"outer.iterations={Many}"]);

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([
            "train", "sinusoid", "--workers", "1", "--output", folder.Path, .. Settings.SelectMany(setting => new[] { "--set", setting }),
        ])).ShouldSucceed();
        Hash = RunSummary.Single(folder.Path).Hash;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static StartRunRequest CreateRequest(IEnumerable<string> settings)
    {
        Presets.TryGet("sinusoid", out Preset? preset).ShouldBeTrue();
        return new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(
                RunConfigurationFile.Parse(preset.Yaml, preset.Name, [.. settings.Select(ConfigurationOverride.Parse)])),
            Preset = preset.Name,
        };
    }
}
