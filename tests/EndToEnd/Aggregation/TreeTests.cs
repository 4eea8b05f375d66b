using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.EndToEnd.Adversity;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.EndToEnd.Aggregation;

/// <summary>Promises 2 to 4 on a tree of real processes: a coordinator, two aggregators, and two workers behind each.</summary>
public sealed class TreeTests
{
    private const int WorkersPerAggregator = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly string[] Settings =
    [
        "seed=5", "outer.iterations=500", "outer.tasksPerIteration=24", "chunk.tasks=2", "chunk.group=3",
        "evaluation.every=0", "evaluation.tasks=80", "checkpoints.every=0",
    ];

    [Fact]
    public async Task Train_AggregatorKilledOnTheWay_GivesTheSameBytesAsOnePlainWorker()
    {
        string reference = await TrainFlatAsync(Settings);
        (await TrainFlatAsync([.. Settings, "chunk.group=0"])).ShouldNotBe(reference, "brackets make a difference, or this test shows nothing");

        using var runs = new TemporaryFolder();
        int port = FreePort.Find();
        int[] ports = [FreePort.Find(), FreePort.Find()];
        var processes = new List<MamlProcess>();
        try
        {
            processes.Add(MamlProcess.Start("coordinator", "--port", $"{port}", "--runs", runs.Path));
            foreach (int below in ports) processes.Add(StartAggregator(port, below));
            foreach (int below in ports)
            {
                for (int worker = 0; worker < WorkersPerAggregator; worker++)
                    processes.Add(MamlProcess.Start("worker", "--coordinator", $"http://127.0.0.1:{below}", "--name", $"worker-{below}-{worker}"));
            }

            using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
            var client = new RunService.RunServiceClient(channel);
            foreach (int below in ports) await processes[0].WaitForTextAsync($"'aggregator-{below}' has {WorkersPerAggregator} workers now", Limit);
            Run run = await client.StartRunAsync(CreateRequest());
            run = await WaitAsync(client, run, run => run.Iteration >= 50);
            run.State.ShouldBe(RunState.Running, Everything(processes));
            processes[1].Signal("KILL");
            ulong killedAt = run.Iteration;
            await WaitAsync(client, run, run => run.Iteration >= killedAt + 50);

            // The same aggregator comes back, and its workers, which have dialled it all the while, with it.
            processes.Add(StartAggregator(port, ports[0]));
            run = await WaitAsync(client, run, run => run.State is RunState.Completed or RunState.Failed or RunState.Stopped);

            run.State.ShouldBe(RunState.Completed, $"{run.Fault} {Everything(processes)}");
            run.MetaParametersSha256.ShouldBe(reference, $"killed at iteration {killedAt}. {Everything(processes)}");
            processes[0].Errors.ShouldContain("has joined as worker-2", customMessage: "both aggregators took part");
        }
        finally
        {
            foreach (MamlProcess process in processes) await process.DisposeAsync();
        }
    }

    private static MamlProcess StartAggregator(int coordinator, int port) => MamlProcess.Start(
        "aggregator", "--coordinator", $"http://127.0.0.1:{coordinator}", "--port", $"{port}", "--name", $"aggregator-{port}");

    private static async Task<string> TrainFlatAsync(string[] settings)
    {
        using var folder = new TemporaryFolder();
        (await MamlProcess.RunAsync([
            "train", "sinusoid", "--workers", "1", "--output", folder.Path, .. settings.SelectMany(setting => new[] { "--set", setting }),
        ])).ShouldSucceed();
        return RunSummary.Single(folder.Path).Hash;
    }

    private static StartRunRequest CreateRequest()
    {
        Presets.TryGet("sinusoid", out Preset? preset).ShouldBeTrue();
        return new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(
                RunConfigurationFile.Parse(preset.Yaml, preset.Name, [.. Settings.Select(ConfigurationOverride.Parse)])),
            Preset = preset.Name,
        };
    }

    private static async Task<Run> WaitAsync(RunService.RunServiceClient client, Run run, Func<Run, bool> isThere)
    {
        using var limit = new CancellationTokenSource(Limit);
        using AsyncServerStreamingCall<RunEvent> watch = client.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token))
        {
            if (happened.Run is { } snapshot) run = snapshot;
            if (happened.Iteration is { } iteration) run.Iteration = iteration.Iteration;
            if (isThere(run)) return run;
        }

        return run;
    }

    private static string Everything(IEnumerable<MamlProcess> processes) =>
        string.Join(Environment.NewLine, processes.Select((process, index) => $"== {index}{Environment.NewLine}{process.Output}{process.Errors}"));
}
