using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Hosts;

/// <summary>A coordinator and two workers as hosts of their own, with TLS and tokens, and the data set at the coordinator alone.</summary>
public sealed class SeparateHostsTests
{
    private const int Coordinator = 0;
    private const int Workers = 2;
    private const int Person = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] Run =
    [
        "omniglot-5way-1shot", "--iterations", "12", "--set", "evaluation.tasks=20", "--set", "evaluation.every=0", "--set", "model.filters=16",
    ];

    [HostsFact]
    public async Task Train_OnThreeHostsFromAFreshStart_EndsWithTheThetaOfOneMachine()
    {
        using var alone = new TemporaryFolder();
        (await MamlProcess.RunAsync(["train", .. Run, "--data", Omniglot.Folder, "--output", alone.Path])).ShouldSucceed();

        using NetworkHosts hosts = NetworkHosts.Create(4);
        string address = NetworkHosts.AddressOf(Coordinator);
        using var secrets = new HostSecrets(address);
        using var runs = new TemporaryFolder();
        using var caches = new TemporaryFolder();
        string[] dial = ["--coordinator", $"https://{address}:5100"];

        await using MamlProcess coordinator = hosts.Start(
            Coordinator, Cache(caches, Coordinator),
            ["coordinator", "--listen", address, "--runs", runs.Path, "--data", Omniglot.Folder, .. secrets.Coordinator]);
        await coordinator.WaitForTextAsync("Ctrl-C stops it", Patience);
        await using MamlProcess first = hosts.Start(1, Cache(caches, 1), ["worker", .. dial, .. secrets.Worker]);
        await using MamlProcess second = hosts.Start(2, Cache(caches, 2), ["worker", .. dial, .. secrets.Worker]);
        await first.WaitForTextAsync("Attached", Patience);
        await second.WaitForTextAsync("Attached", Patience);

        await using MamlProcess start = hosts.Start(Person, Cache(caches, Person), ["runs", "start", .. Run, .. dial, .. secrets.Operator]);
        string run = (await start.WaitAsync(Patience)).ShouldSucceed().Output.Trim();
        await using MamlProcess watch = hosts.Start(Person, Cache(caches, Person), ["runs", "watch", run, .. dial, .. secrets.Operator]);
        (await watch.WaitAsync(Patience)).ShouldSucceed();

        RunSummary.Single(runs.Path).Hash.ShouldBe(RunSummary.Single(alone.Path).Hash, $"{coordinator.Output}{coordinator.Errors}");
        for (int worker = 1; worker <= Workers; worker++)
            Directory.GetFiles(Cache(caches, worker), "*.images", SearchOption.AllDirectories).Length.ShouldBe(1, "each host fetches the data set once, and keeps it");
    }

    private static string Cache(TemporaryFolder caches, int host) => Directory.CreateDirectory(Path.Combine(caches.Path, $"host-{host}")).FullName;
}
