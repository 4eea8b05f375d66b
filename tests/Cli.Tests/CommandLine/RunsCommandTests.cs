using System.Text.Json;
using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Cli.Tests.CommandLine;

/// <summary><c>maml runs</c> against a real coordinator; without workers, so that runs stay where they are.</summary>
public sealed class RunsCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private CoordinatorHost _coordinator = null!;

    public async Task InitializeAsync() => _coordinator = await CoordinatorHost.StartAsync(
        new CoordinatorOptions
        {
            Port = 0,
            RunsDirectory = _folder.Path,
            StopGrace = TimeSpan.FromMilliseconds(10),
            ConfigureLogging = logging => logging.ClearProviders(),
        },
        default);

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_ALifeOfOne_IsStartedPausedResumedStoppedAndListed()
    {
        (await RunAsync("list")).Output.ShouldBe("There are no runs yet. Start one with 'maml runs start PRESET'.\n");
        CommandResult started = await RunAsync("start", "sinusoid", "--iterations", "30", "--seed", "4");
        started.ExitCode.ShouldBe(0, started.Errors);
        string run = started.Output.Trim();
        Directory.Exists(Path.Combine(_folder.Path, run)).ShouldBeTrue();

        (await RunAsync("pause", run)).Output.ShouldBe($"{run}: paused after 0 iterations\n");
        (await RunAsync("resume", run)).ExitCode.ShouldBe(0);
        (await RunAsync("stop", run)).Output.ShouldBe($"{run}: stopped after 0 iterations\n");
        CommandResult list = await RunAsync("list");
        list.Output.ShouldContain(run);
        list.Output.ShouldContain("0/30");

        string[] lines = (await RunAsync("show", run)).Output.Split('\n');
        lines[0].ShouldBe($"run          {run}");
        lines[1].ShouldBe("state        stopped");
        JsonElement json = JsonDocument.Parse((await RunAsync("show", run, "--json")).Output).RootElement;
        json.GetProperty("state").GetString().ShouldBe("RUN_STATE_STOPPED");
        json.GetProperty("configuration").GetProperty("seed").GetString().ShouldBe("4");

        CommandResult watched = await RunAsync("watch", run);
        watched.Output.ShouldStartWith("stopped\n");
    }

    [Fact]
    public async Task Runs_UnknownRun_IsNamed()
    {
        foreach (string command in new[] { "show", "watch", "pause", "stop", "resume" })
        {
            CommandResult result = await RunAsync(command, "none");
            result.ExitCode.ShouldBe(1);
            result.Errors.ShouldStartWith("maml: There is no run 'none'");
        }
    }

    private Task<CommandResult> RunAsync(string command, params string[] more) =>
        Support.Maml.RunAsync(["runs", command, .. more, "--coordinator", _coordinator.Address.ToString()]);
}
