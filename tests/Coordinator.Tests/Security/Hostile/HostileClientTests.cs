using System.Diagnostics;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Xunit.Abstractions;

namespace Maml.Cluster.Coordinator.Tests.Security.Hostile;

/// <summary>What is measured here needs the machine to itself.</summary>
[Collection(nameof(HostileClientTests))]
[CollectionDefinition(nameof(HostileClientTests), DisableParallelization = true)]
public sealed class HostileClientTests(ITestOutputHelper output)
{
    private const int Connections = 1000;
    private const int FewestPairs = 5;
    private const int MostPairs = 15;
    private const double Share = 0.9;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Train_AmidAThousandHostileConnections_KeepsItsSpeed()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(
            options => options with { Security = secrets.Tokens }, secrets.Client(Role.Operator) with { AuthorityFile = null });
        await using CannedWorker worker = await CannedWorker.AttachAsync(
            coordinator.Connect(secrets.Client(Role.Worker) with { AuthorityFile = null }), slots: 2, interfere: ComputeAsync);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 1_000_000) with { Checkpoints = new() { Every = 0 }, Evaluation = new() { Every = 0, Tasks = 3, InnerSteps = 1, Query = 5 } });
        await RateAsync(coordinator, run);

        // Quiet and hostile windows in turn, so that whatever else the machine does falls on both.
        var quiet = new List<double>();
        var hostile = new List<double>();
        long memory = 0;
        // A busy machine needs more of them before their medians say anything.
        for (int pair = 0; pair < FewestPairs || (pair < MostPairs && Median(hostile) < Share * Median(quiet)); pair++)
        {
            quiet.Add(await RateAsync(coordinator, run));
            await using var crowd = new HostileConnections(coordinator.Address, Connections, seed + pair);
            await WaitForAsync(() => crowd.Dialled >= Connections);
            using var ended = new CancellationTokenSource();
            Task<int> trying = TryEveryDoorAsync(coordinator, ended.Token);
            hostile.Add(await RateAsync(coordinator, run));
            await ended.CancelAsync();
            (await trying).ShouldBeGreaterThan(AccessTests.Methods.Count, "the stranger has to try each method at least once");
            long now = GC.GetTotalMemory(forceFullCollection: true);
            output.WriteLine($"{quiet[^1]:0} and {hostile[^1]:0} iterations/s; {crowd.Open} of {crowd.Dialled} connections open; {now >> 20} MiB");
            if (pair == 0) memory = now;
            else (now - memory).ShouldBeLessThan(32 << 20, "memory has to stay bounded");
        }

        (Median(hostile) / Median(quiet)).ShouldBeGreaterThanOrEqualTo(Share, $"seed {seed}; quiet {string.Join(' ', quiet)}; hostile {string.Join(' ', hostile)}");
        coordinator.Log.Faults.ShouldBeEmpty();
        (await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId })).State.ShouldBe(RunState.Stopped);
    }

    // A chunk takes a while, as on a device; a worker that answered at once would measure how fast two cores exchange messages.
    private static async Task<bool> ComputeAsync(CannedWorker worker, ChunkLease lease)
    {
        await Task.Delay(2);
        return false;
    }

    private static async Task<double> RateAsync(TestCoordinator coordinator, Run run)
    {
        ulong before = (await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId })).Iteration;
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(Window);
        ulong after = (await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId })).Iteration;
        return (after - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<int> TryEveryDoorAsync(TestCoordinator coordinator, CancellationToken cancellationToken)
    {
        int tries = 0;
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (string method in AccessTests.Methods.Where(method => !method.Contains("Health", StringComparison.Ordinal)))
            {
                using HttpResponseMessage response = await client.SendAsync(
                    RawCall.Request(method, new ByteArrayContent(RawCall.EmptyMessage), tries % 2 == 0 ? null : "guessed-0123456789abcdef"),
                    HttpCompletionOption.ResponseHeadersRead,
                    CancellationToken.None);
                RawCall.StatusOf(response.Headers).Code.ShouldBe(StatusCode.Unauthenticated, method);
                tries++;
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return tries;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(20, limit.Token);
    }
}
