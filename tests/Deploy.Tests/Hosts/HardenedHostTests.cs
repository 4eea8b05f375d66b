using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Deploy.Tests.Documentation;
using Maml.Cluster.Deploy.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Deploy.Tests.Hosts;

/// <summary>
/// The hosts as the manifests run them, but for Kubernetes: with their ConfigMap and the Secrets of docs/kubernetes.md, as another user, without
/// capabilities, on a file system that is read-only but for their volumes.
/// </summary>
public sealed class HardenedHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("maml-pod-").FullName;
    private readonly HttpClient _client = new();

    [SkippableFact]
    public async Task Hosts_ConfinedAsTheirPods_TrainAndEndWithinTheirGracePeriod()
    {
        Skip.IfNot(Command.Exists("openssl"), "There is no openssl on the PATH.");
        string? whyNot = await HardenedHost.WhyNotAsync(_folder);
        if (Environment.GetEnvironmentVariable("CI") == "true") whyNot.ShouldBeNull();
        Skip.If(whyNot is not null, whyNot);
        int grpc = FreePort.Find(), coordinatorProbes = FreePort.Find(), workerProbes = FreePort.Find();
        await PrepareAsync("coordinator", grpc, coordinatorProbes);
        await PrepareAsync("worker", grpc, workerProbes);
        Command owned = await Command.RunAsync("chown", ["-R", "10001:10001", _folder]);
        owned.ExitCode.ShouldBe(0, owned.Errors);

        await using HardenedHost coordinator = HardenedHost.Start(At("coordinator"), "Maml.Cluster.Coordinator.dll", $"--config={At("coordinator")}/host.yaml");
        await WaitAsync(coordinator, coordinatorProbes);
        await using HardenedHost worker = HardenedHost.Start(At("worker"), "Maml.Cluster.Worker.dll", $"--config={At("worker")}/host.yaml", "--device=cpu");
        await WaitAsync(worker, workerProbes);

        Run run = await TrainAsync(grpc);
        run.State.ShouldBe(RunState.Completed, run.Fault + coordinator.Log);
        Directory.GetFiles(At("coordinator", "var", "runs", run.RunId, "checkpoints")).ShouldNotBeEmpty();

        int workerCode = await worker.StopAsync();
        workerCode.ShouldBe(0, worker.Log);
        int coordinatorCode = await coordinator.StopAsync();
        coordinatorCode.ShouldBe(0, coordinator.Log);
    }

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Run> TrainAsync(int port)
    {
        var credentials = new ClientCredentials { TokenFile = At("coordinator", "secrets", "operator.token"), AuthorityFile = At("coordinator", "secrets", "ca.crt") };
        using GrpcChannel channel = GrpcChannel.ForAddress($"https://localhost:{port}", new GrpcChannelOptions
        {
            HttpHandler = CoordinatorHandler.Create(credentials, insecureAllowRemote: false, new NoReports(), TimeProvider.System),
            DisposeHttpClient = true,
        });
        var runs = new RunService.RunServiceClient(channel);
        var configuration = RunConfigurationFile.Parse("""
            name: pod
            model: { kind: mlp, widths: [4] }
            tasks: { source: sinusoid, way: 1, shot: 5, query: 5 }
            outer: { iterations: 20, tasksPerIteration: 8 }
            evaluation: { tasks: 9 }
            """, "test");
        using var limit = new CancellationTokenSource(Patience);
        Run run = await runs.StartRunAsync(new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration) }, cancellationToken: limit.Token);
        using AsyncServerStreamingCall<RunEvent> watch = runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token)) run = happened.Run ?? run;
        return run;
    }

    // A folder for each pod: its Secret, its volumes and its part of the ConfigMap, whose paths and ports are those of this machine.
    private async Task PrepareAsync(string host, int grpc, int probes)
    {
        foreach (string volume in new[] { "secrets", "var", "cache", "tmp" }) Directory.CreateDirectory(At(host, volume));
        if (host == "coordinator")
        {
            Command made = await Command.RunAsync("bash", ["-euo", "pipefail", "-c", KubernetesPage.Commands[0]], folder: At(host, "secrets"));
            made.ExitCode.ShouldBe(0, made.Errors);
        }
        else
        {
            foreach (string key in new[] { "token", "ca.crt" }) File.Copy(At("coordinator", "secrets", key), At(host, "secrets", key));
        }

        await File.WriteAllTextAsync(At(host, "host.yaml"), Manifests.Base().Find("ConfigMap", "maml-configuration").At("data").Key($"{host}.yaml")!.ToString()
            .Replace("/etc/maml/secrets", At(host, "secrets")).Replace("/var/lib/maml", At(host, "var")).Replace("/var/cache/maml", At(host, "cache"))
            .Replace("port: 5100", $"port: {grpc}").Replace("maml-coordinator.maml.svc:5100", $"localhost:{grpc}").Replace("port: 9464", $"port: {probes}")
            .Replace("0.0.0.0", "127.0.0.1"));
    }

    private async Task WaitAsync(HardenedHost host, int port)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (!await IsReadyAsync(port, limit.Token))
            {
                if (host.HasEnded) throw new InvalidOperationException($"The host ended with {await host.StopAsync()} before it was ready. {host.Log}");
                await Task.Delay(50, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The host was not ready within {Patience}. {host.Log}");
        }
    }

    private async Task<bool> IsReadyAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(new Uri($"http://127.0.0.1:{port}{ProbeRoutes.Readiness}"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    private sealed class NoReports : ISecurityReports
    {
        public void Reloaded(string message)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
