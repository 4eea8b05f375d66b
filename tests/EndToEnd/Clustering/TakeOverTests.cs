using System.Diagnostics;
using System.Globalization;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Tests.Postgres;
using Xunit.Abstractions;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>
/// A run outlives its coordinator: whatever is done to that, or to the database, the run goes on by itself and ends with the same bytes as
/// alone and undisturbed. On the real Orleans and a real PostgreSQL.
/// </summary>
public sealed class TakeOverTests(SteadyRun undisturbed, ITestOutputHelper output) : IClassFixture<SteadyRun>
{
    private const int Times = 3;

    // Between two disturbances, so that each finds a run that is well.
    private const ulong Stretch = 15;

    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [PostgresFact]
    public async Task Train_OwnerKilledThreeTimes_GoesOnElsewhereToTheSameBytes()
    {
        await using CoordinatorCluster cluster = await CoordinatorCluster.StartAsync();
        await DisturbAsync(cluster, async owner =>
        {
            cluster.Signal(owner, "KILL");
            return await Task.FromResult<Func<Task>>(() => cluster.StartAgainAsync(owner));
        }, TakeOverLimit);
    }

    [PostgresFact]
    public async Task Train_OwnerHaltedThreeTimes_GoesOnElsewhereToTheSameBytes()
    {
        await using CoordinatorCluster cluster = await CoordinatorCluster.StartAsync();
        await DisturbAsync(cluster, async owner =>
        {
            cluster.Signal(owner, "STOP");
            return await Task.FromResult<Func<Task>>(async () =>
            {
                cluster.Signal(owner, "CONT");
                if (await EndsAsync(cluster, owner)) await cluster.StartAgainAsync(owner);
            });
        }, TakeOverLimit);
    }

    [PostgresFact]
    public async Task Train_DatabaseAway_WaitsAndLosesNothing()
    {
        await using CoordinatorCluster cluster = await CoordinatorCluster.StartAsync();
        TimeSpan outage = TimeSpan.FromSeconds(
            double.Parse(Environment.GetEnvironmentVariable("MAML_TEST_OUTAGE_SECONDS") ?? "60", CultureInfo.InvariantCulture));
        string runId = (await cluster.Client(0).StartRunAsync(SteadyRun.CreateRequest())).RunId;
        using var watcher = new RunWatcher(runId, cluster.Client(1), cluster.Client(2));
        try
        {
            await watcher.WaitForAsync(40, Limit);
            cluster.Server.Kill();
            await Task.Delay(outage);
            long back = Stopwatch.GetTimestamp();
            await cluster.Server.StartAgainAsync();
            output.WriteLine($"Goes on {(await watcher.WaitForNextAsync(back, Limit)).TotalSeconds:0.0} s after an outage of {outage.TotalSeconds} s.");
            Require(await watcher.Ended.WaitAsync(Limit), cluster, runId);
        }
        catch (Exception e) when (e is not Shouldly.ShouldAssertException)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{cluster.Everything()}", e);
        }
    }

    [PostgresFact]
    public async Task Train_RollingRestart_RepeatsAtMostAnIterationEach()
    {
        await using CoordinatorCluster cluster = await CoordinatorCluster.StartAsync();
        string runId = (await cluster.Client(0).StartRunAsync(SteadyRun.CreateRequest())).RunId;
        using var watcher = new RunWatcher(runId, cluster.Client(0), cluster.Client(1), cluster.Client(2));
        try
        {
            for (int index = 0; index < Times; index++)
            {
                await watcher.WaitForAsync(watcher.Iteration + Stretch, Limit);
                long began = Stopwatch.GetTimestamp();
                cluster.Signal(index, "TERM");
                (await cluster.WaitForEndAsync(index, Limit)).ExitCode.ShouldBe(0);
                await cluster.StartAgainAsync(index);
                output.WriteLine($"Coordinator {index}: the next iteration {(await watcher.WaitForNextAsync(began, Limit)).TotalSeconds:0.0} s after SIGTERM.");
            }

            Require(await watcher.Ended.WaitAsync(Limit), cluster, runId);
            output.WriteLine($"{watcher.Repeated} iterations repeated in {Times} restarts.");
            watcher.Repeated.ShouldBeLessThanOrEqualTo(Times);
        }
        catch (Exception e) when (e is not Shouldly.ShouldAssertException)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{cluster.Everything()}", e);
        }
    }

    // Does something to whoever has the run, and when that goes on elsewhere, mends it.
    private async Task DisturbAsync(CoordinatorCluster cluster, Func<int, Task<Func<Task>>> harm, TimeSpan limit)
    {
        string runId = (await cluster.Client(0).StartRunAsync(SteadyRun.CreateRequest())).RunId;
        try
        {
            for (int time = 0; time < Times; time++)
            {
                int owner = await FindOwnerAsync(cluster, runId);
                using var watcher = new RunWatcher(runId, [.. CoordinatorCluster.Others(owner).Select(cluster.Client)]);
                await watcher.WaitForAsync(watcher.Iteration + 1, Limit);
                await watcher.WaitForAsync(watcher.Iteration + Stretch, Limit);
                using var standstill = new Standstill();
                Func<Task> mend = await harm(owner);

                // What was on its way when it was harmed is no sign of life.
                await Task.Delay(TimeSpan.FromSeconds(1));
                TimeSpan duration = TimeSpan.FromSeconds(1) + await watcher.WaitForNextAsync(Stopwatch.GetTimestamp(), Limit);
                output.WriteLine(
                    $"Take-over {time + 1}: the next iteration {duration.TotalSeconds:0.0} s after the harm, at iteration {watcher.Iteration}; " +
                    $"the machine stood still for {standstill.Total.TotalSeconds:0.0} s of them.");
                (await FindOwnerAsync(cluster, runId)).ShouldNotBe(owner);
                (duration - standstill.Total).ShouldBeLessThan(limit, cluster.Everything());
                await mend();
            }

            using var last = new RunWatcher(runId, cluster.Client(0), cluster.Client(1), cluster.Client(2));
            Require(await last.Ended.WaitAsync(Limit), cluster, runId);
        }
        catch (Exception e) when (e is not Shouldly.ShouldAssertException)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{cluster.Everything()}", e);
        }
    }

    // One that the others have taken for dead by then ends with one sentence and no dump; one that was not missed stays.
    private static async Task<bool> EndsAsync(CoordinatorCluster cluster, int owner)
    {
        MamlResult end;
        try
        {
            end = await cluster.WaitForEndAsync(owner, TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            return false;
        }

        end.ExitCode.ShouldBe(1, end.Errors);
        end.Errors.ShouldContain("take this one for dead");
        end.Errors.ShouldNotContain("Process terminated");
        return true;
    }

    private static async Task<int> FindOwnerAsync(CoordinatorCluster cluster, string runId)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await cluster.FindOwnerAsync(runId) is { } owner) return owner;
            if (watch.Elapsed > Limit) throw new TimeoutException($"No coordinator has had run '{runId}' for {Limit}.");
            await Task.Delay(100);
        }
    }

    private void Require(Run run, CoordinatorCluster cluster, string runId)
    {
        run.State.ShouldBe(RunState.Completed, $"{run.Fault}{Environment.NewLine}{cluster.Everything()}");
        run.MetaParametersSha256.ShouldBe(undisturbed.Hash, cluster.Everything());

        // One of them has had the run at its end.
        string metrics = Enumerable.Range(0, 3).Select(index => Path.Combine(cluster.RunsOf(index), runId)).Where(folder => File.Exists(Path.Combine(folder, "summary.json")))
            .Select(folder => Path.Combine(folder, "metrics.csv")).Single();
        File.ReadLines(metrics).Skip(1).Select(row => row.Split(',')[0])
            .ShouldBe(Enumerable.Range(1, SteadyRun.Iterations).Select(iteration => $"{iteration}"), "every iteration is recorded once");
    }
}
