using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>A run on this machine with one worker, alone and undisturbed: what the same run must give wherever and however it is disturbed.</summary>
/// <param name="preset">Its preset.</param>
/// <param name="settings">What differs from that, as <c>path=value</c>.</param>
/// <param name="options">More words for <c>maml train</c>.</param>
public abstract class ReferenceRun(string preset, IReadOnlyList<string> settings, params string[] options) : IAsyncLifetime
{
    /// <summary>SHA-256 of θ.</summary>
    public string Hash { get; private set; } = "";

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([
            "train", preset, "--workers", "1", "--output", folder.Path, .. options, .. settings.SelectMany(setting => new[] { "--set", setting }),
        ])).ShouldSucceed();
        Hash = RunSummary.Single(folder.Path).Hash;
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Asks a coordinator for a run.</summary>
    protected static StartRunRequest CreateRequest(string preset, IEnumerable<string> settings)
    {
        Presets.TryGet(preset, out Preset? found).ShouldBeTrue();
        return new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(
                RunConfigurationFile.Parse(found.Yaml, found.Name, [.. settings.Select(ConfigurationOverride.Parse)])),
            Preset = found.Name,
        };
    }
}
