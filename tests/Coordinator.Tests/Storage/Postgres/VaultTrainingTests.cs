using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Tests.Postgres;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>Real coordinators that keep their runs in a real PostgreSQL (<c>checkpoints.store: postgres</c>), without Orleans.</summary>
public sealed class VaultTrainingTests
{
    private const int Iterations = 300;

    [PostgresFact]
    public async Task Start_OnAnotherMachineAmidTraining_GoesOnToTheSameBytes()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        DatabaseOptions database = await InstallAsync(server);
        Run undisturbed = await TrainUndisturbedAsync();
        Run run;
        await using (TestCoordinator first = await TestCoordinator.StartAsync(options => Shared(options, database)))
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address, interfere: (_, lease) => Task.FromResult(lease.Iteration > (Iterations / 2) + 10)))
        {
            // It comes to the half, and not to its end.
            run = await first.StartRunAsync(Training(), "sinusoid");
            await first.WaitForIterationAsync(run, Iterations / 2);
        }

        // Its folder of runs is empty: all comes from the database.
        await using TestCoordinator second = await TestCoordinator.StartAsync(options => Shared(options, database));
        await using CannedWorker other = await CannedWorker.AttachAsync(second.Address);
        Run ended = await second.WaitAsync(run);
        Require(ended, undisturbed, second);
        ended.Preset.ShouldBe("sinusoid");
        ended.Started.ShouldBe(run.Started);
        Rows(ended).ShouldBe(Enumerable.Range(1, Iterations).Select(iteration => $"{iteration}"));
        Run asked = await second.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId });
        asked.Directory.ShouldBe(ended.Directory, "who brought it to its end knows where its files are");
        (await second.WaitAsync(run)).Directory.ShouldBe(ended.Directory);

        await using TestCoordinator third = await TestCoordinator.StartAsync(options => Shared(options, database));
        Run listed = (await third.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldHaveSingleItem();
        listed.MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
        listed.State.ShouldBe(RunState.Completed);
    }

    [PostgresFact]
    public async Task Train_DatabaseIsAwayForLessThanALease_GoesOnAndSendsWhatWaited() => await TrainThroughAsync(TimeSpan.FromSeconds(1), lease: TimeSpan.FromSeconds(30), isTakenAnew: false);

    [PostgresFact]
    public async Task Train_DatabaseIsAwayForMoreThanALease_HaltsAndGoesOnByItself() => await TrainThroughAsync(TimeSpan.FromSeconds(6), lease: TimeSpan.FromSeconds(2), isTakenAnew: true);

    private static async Task TrainThroughAsync(TimeSpan outage, TimeSpan lease, bool isTakenAnew)
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        DatabaseOptions database = await InstallAsync(server);
        Run undisturbed = await TrainUndisturbedAsync();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => Shared(options, database) with
        {
            Cluster = new() { Lease = lease, RenewInterval = lease / 8, HaltMargin = lease / 4, WakeInterval = TimeSpan.FromSeconds(1) },
        });
        var pace = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, interfere: async (_, iteration) =>
        {
            // The run must not be over before the outage is.
            if (iteration.Iteration >= Iterations - 10) await pace.Task;
            return false;
        });
        worker.Beat(TimeSpan.FromSeconds(1));
        Run run = await coordinator.StartRunAsync(Training());
        await coordinator.WaitForIterationAsync(run, 20);
        server.Kill();
        await Task.Delay(outage);
        await server.StartAgainAsync();
        pace.SetResult();
        Run ended = await coordinator.WaitAsync(run);
        Require(ended, undisturbed, coordinator);
        Rows(ended).ShouldBe(Enumerable.Range(1, Iterations).Select(iteration => $"{iteration}"));

        await using Database asked = Database.Open(database.Connection!);
        (asked.Ask<long>("SELECT epoch FROM maml_runs") > 1).ShouldBe(isTakenAnew);

        // And the database has all of it.
        await using TestCoordinator other = await TestCoordinator.StartAsync(options => Shared(options, database));
        (await other.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId })).MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
    }

    private static void Require(Run ended, Run undisturbed, TestCoordinator coordinator)
    {
        ended.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        ended.StorageFault.ShouldBeEmpty();
        ended.MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
        ended.Evaluation.ShouldBe(undisturbed.Evaluation);
    }

    private static async Task<Run> TrainUndisturbedAsync()
    {
        await using TestCoordinator reference = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(reference.Address);
        return await reference.TrainAsync(Training());
    }

    private static RunConfiguration Training()
    {
        RunConfiguration configuration = Configurations.Sinusoid(iterations: Iterations);
        return configuration with { Checkpoints = configuration.Checkpoints with { Every = 10 } };
    }

    private static async Task<DatabaseOptions> InstallAsync(PostgresServer server)
    {
        var options = new DatabaseOptions { Connection = await server.CreateDatabaseAsync() };
        await DatabaseSchema.InstallAsync(options, CancellationToken.None);
        return options;
    }

    private static CoordinatorOptions Shared(CoordinatorOptions options, DatabaseOptions database) =>
        options with { Checkpoints = new() { Store = CheckpointStoreKind.Postgres }, Database = database };

    private static IEnumerable<string> Rows(Run run) => File.ReadLines(Path.Combine(run.Directory, "metrics.csv")).Skip(1).Select(row => row.Split(',')[0]);
}
