using System.Diagnostics;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Tests.Postgres;
using Npgsql;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>A coordinator that was halted for so long that the others have declared it dead.</summary>
public sealed class ExpulsionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Coordinator_DeclaredDeadWhileHalted_EndsWithOneSentenceAndCodeOne()
    {
        await using CoordinatorCluster cluster = await CoordinatorCluster.StartAsync();
        cluster.Signal(2, "STOP");
        await WaitUntilOneIsDeadAsync(cluster);
        cluster.Signal(2, "CONT");
        MamlResult end = await cluster.WaitForEndAsync(2, Limit);
        end.ExitCode.ShouldBe(1, end.Errors);
        end.Errors.ShouldContain("The other coordinators take this one for dead: it was out of reach for too long. Start it again.");
        end.Errors.ShouldNotContain("Process terminated");
        end.Errors.ShouldNotContain("Unhandled exception");
    }

    private static async Task WaitUntilOneIsDeadAsync(CoordinatorCluster cluster)
    {
        const int Dead = 6;
        await using var connection = new NpgsqlConnection(cluster.Connection);
        await connection.OpenAsync();
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM OrleansMembershipTable WHERE Status = {Dead}", connection);
            if (await command.ExecuteScalarAsync() is > 0L) return;
            if (watch.Elapsed > Limit) throw new TimeoutException($"Nobody was declared dead within {Limit}.{Environment.NewLine}{cluster.Everything()}");
        }
    }
}
