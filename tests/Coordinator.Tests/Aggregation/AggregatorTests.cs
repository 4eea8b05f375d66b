using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Aggregation;

/// <summary>A coordinator, aggregators and canned workers over real gRPC.</summary>
public sealed class AggregatorTests
{
    [Theory]
    [InlineData(GradientPrecision.Float32)]
    [InlineData(GradientPrecision.BFloat16)]
    [InlineData(GradientPrecision.Float16)]
    public async Task Train_WorkersBehindAggregatorsAndBeside_GivesTheSameBytesAsOneWorker(GradientPrecision precision)
    {
        RunConfiguration configuration = Grouped(precision, group: 3);
        string one = await TrainFlatAsync(configuration);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using TestAggregator first = await TestAggregator.StartAsync(coordinator, workers: 2);
        await using TestAggregator second = await TestAggregator.StartAsync(coordinator, workers: 1);
        Run run = await coordinator.TrainAsync(configuration);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + first.Log.Text);
        run.MetaParametersSha256.ShouldBe(one);
        first.Chunks.ShouldBeGreaterThan(0);
        second.Chunks.ShouldBeGreaterThan(0);

        await using CannedWorker beside = await CannedWorker.AttachAsync(coordinator.Address);
        run = await coordinator.TrainAsync(configuration);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + first.Log.Text);
        run.MetaParametersSha256.ShouldBe(one, "plain workers may be attached as well");
        beside.Chunks.ShouldBeGreaterThan(0);
        (await TrainFlatAsync(Grouped(precision, group: 2))).ShouldNotBe(one, "brackets make a difference, or this test shows nothing");
    }

    [Fact]
    public async Task Train_WorkerBehindAnAggregatorBreaksOff_IsHealedBelow()
    {
        RunConfiguration configuration = Grouped(GradientPrecision.Float32, group: 3);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using TestAggregator aggregator = await TestAggregator.StartAsync(coordinator, workers: 1);
        int left = 3;
        await using CannedWorker fickle = await CannedWorker.AttachAsync(aggregator.Address, "fickle", interfere: (worker, _) =>
        {
            if (--left == 0) worker.Break();
            return Task.FromResult(left <= 0);
        });
        await coordinator.Log.WaitForAsync("has 2 workers now");

        Run run = await coordinator.TrainAsync(configuration);

        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + aggregator.Log.Text);
        run.MetaParametersSha256.ShouldBe(await TrainFlatAsync(configuration));
        aggregator.Log.Text.ShouldContain("'fickle' left with lease");
        coordinator.Log.Text.ShouldNotContain("left with lease", customMessage: "nothing of it is seen above");
    }

    [Fact]
    public async Task Train_AggregatorIsStoppedAndOneComesBack_GivesTheSameBytes()
    {
        RunConfiguration configuration = Grouped(GradientPrecision.Float32, group: 3, iterations: 200);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();

        // The run must not be over before the aggregator is stopped.
        var isStopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestAggregator first = await TestAggregator.StartAsync(coordinator, workers: 2, interfere: async (_, lease) =>
        {
            if (lease.Iteration > 100) await isStopping.Task;
            return false;
        });
        Run run = await coordinator.StartRunAsync(configuration);
        await coordinator.WaitForIterationAsync(run, 5);
        ValueTask stopping = first.DisposeAsync();
        isStopping.SetResult();
        await stopping;
        await using TestAggregator second = await TestAggregator.StartAsync(coordinator, workers: 1);
        run = await coordinator.WaitAsync(run);

        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + second.Log.Text);
        run.MetaParametersSha256.ShouldBe(await TrainFlatAsync(configuration));
        second.Chunks.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Evaluate_WorkersBehindAnAggregator_GivesWhatOneWorkerGives()
    {
        RunConfiguration configuration = Grouped(GradientPrecision.Float32, group: 3, iterations: 3);
        configuration = configuration with { Evaluation = configuration.Evaluation with { Tasks = 217 } };
        List<RunEvent> flat = [], relayed = [];
        await TrainFlatAsync(configuration, flat);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var arriving = new TaskCompletionSource<TestAggregator>();
        Run run = await coordinator.TrainAsync(configuration, relayed, async () => arriving.SetResult(await TestAggregator.StartAsync(coordinator, workers: 2)));
        await using TestAggregator aggregator = await arriving.Task;
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + aggregator.Log.Text);
        EvaluationsOf(relayed).ShouldBe(EvaluationsOf(flat));
    }

    [Fact]
    public async Task Train_EightWorkersBehindTwoAggregators_MovesTheBytesOfTwoWorkers()
    {
        RunConfiguration configuration = Grouped(GradientPrecision.Float32, group: 4, iterations: 8);
        configuration = configuration with
        {
            Model = configuration.Model with { Widths = [96, 96] },
            Outer = configuration.Outer with { TasksPerIteration = 8 },
            Chunk = new() { Tasks = 1, Group = 4 },
        };
        double vector = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count * sizeof(float);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Unhurried);
        List<RunEvent> events = [];
        var flat = new List<CannedWorker>();
        var isComplete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await coordinator.TrainAsync(configuration, events, async () =>
        {
            for (int i = 0; i < 8; i++) flat.Add(await CannedWorker.AttachAsync(coordinator.Address, slots: 1, interfere: WhenCompleteAsync));
            isComplete.SetResult();
        });
        foreach (CannedWorker worker in flat) await worker.DisposeAsync();
        (double sent, double received) = BytesARound(events);
        (sent / vector, received / vector).ShouldSatisfyAllConditions(
            ratios => ratios.Item1.ShouldBe(8, 0.3), ratios => ratios.Item2.ShouldBe(8, 0.3));

        events = [];
        isComplete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arriving = new TaskCompletionSource<TestAggregator[]>();
        Run run = await coordinator.TrainAsync(configuration, events, async () =>
        {
            arriving.SetResult(
            [
                await TestAggregator.StartAsync(coordinator, workers: 4, Unhurried, interfere: WhenCompleteAsync),
                await TestAggregator.StartAsync(coordinator, workers: 4, Unhurried, interfere: WhenCompleteAsync),
            ]);
            isComplete.SetResult();
        });
        TestAggregator[] aggregators = await arriving.Task;
        await using TestAggregator first = aggregators[0], second = aggregators[1];
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + first.Log.Text);
        (sent, received) = BytesARound(events);
        (sent / vector, received / vector).ShouldSatisfyAllConditions(
            ratios => ratios.Item1.ShouldBe(2, 0.1), ratios => ratios.Item2.ShouldBe(2, 0.1));

        // No iteration may begin before all are there.
        async Task<bool> WhenCompleteAsync(CannedWorker worker, ChunkLease lease)
        {
            await isComplete.Task;
            return false;
        }
    }

    [Fact]
    public async Task Attach_WithoutWorkers_WaitsForThem()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using TestAggregator aggregator = await TestAggregator.StartAsync(coordinator, workers: 0);
        Run run = await coordinator.StartRunAsync(Grouped(GradientPrecision.Float32, group: 3));
        await using CannedWorker late = await CannedWorker.AttachAsync(aggregator.Address);
        (await coordinator.WaitAsync(run)).State.ShouldBe(RunState.Completed, coordinator.Log.Text + aggregator.Log.Text);
    }

    // On a busy machine a second lease would move θ and a result once more.
    private static CoordinatorOptions Unhurried(CoordinatorOptions options) =>
        options with { Speculation = options.Speculation with { IsEnabled = false } };

    private static (double Sent, double Received) BytesARound(List<RunEvent> events)
    {
        IterationTimings[] rounds = [.. events.Where(happened => happened.Iteration is not null).Select(happened => happened.Iteration.Timings)];
        rounds.Length.ShouldBe(8);

        // The evaluation at the start has brought the first θ already.
        rounds = rounds[1..];
        return (rounds.Average(round => (double)round.BytesSent), rounds.Average(round => (double)round.BytesReceived));
    }

    private static RunConfiguration Grouped(GradientPrecision precision, int group, int iterations = 20)
    {
        RunConfiguration configuration = Configurations.Sinusoid(iterations);
        return configuration with
        {
            Outer = configuration.Outer with { GradientPrecision = precision, TasksPerIteration = 23 },
            Chunk = new() { Tasks = 2, Group = group },
        };
    }

    private static async Task<string> TrainFlatAsync(RunConfiguration configuration, List<RunEvent>? events = null)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var arriving = new TaskCompletionSource<CannedWorker>();
        Run run = await coordinator.TrainAsync(
            configuration, events, async () => arriving.SetResult(await CannedWorker.AttachAsync(coordinator.Address, slots: 1)));
        await using CannedWorker worker = await arriving.Task;
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        return run.MetaParametersSha256;
    }

    private static Dictionary<ulong, string> EvaluationsOf(List<RunEvent> events) => events
        .Where(happened => happened.Evaluation is not null)
        .ToDictionary(happened => happened.Evaluation.Iteration, happened => happened.Evaluation.ToString());
}
