using System.Text;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>Databases of the tests, and what is often done with them.</summary>
internal static class Databases
{
    public const string Cluster = "test";

    public static CoordinatorIdentity First { get; } = new("first", new Uri("http://127.0.0.1:5101"));

    public static CoordinatorIdentity Second { get; } = new("second", new Uri("http://127.0.0.1:5102"));

    /// <summary>A database with the tables of this version.</summary>
    public static async Task<Database> CreateWithTablesAsync(this PostgresFixture fixture)
    {
        Database database = Database.Open(await fixture.CreateDatabaseAsync());
        await DatabaseSchema.InstallAsync(database, CancellationToken.None);
        return database;
    }

    public static PostgresLedger LedgerOf(Database database) => new(database, Cluster);

    public static PostgresVault VaultOf(Database database) => new(database, Cluster, NullLogger<PostgresVault>.Instance);

    /// <summary>A new run of the first coordinator's.</summary>
    public static async Task<RunClaim> CreateRunAsync(Database database, string runId = "run", TimeSpan? lease = null) =>
        (await LedgerOf(database).CreateAsync(
            runId, Encoding.UTF8.GetBytes("name: test"), Encoding.UTF8.GetBytes("{}"), First, lease ?? TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldNotBeNull();

    /// <summary>The same run, taken by the second coordinator after the first has let it go.</summary>
    public static async Task<RunClaim> TakeOverAsync(Database database, RunClaim claim)
    {
        await LedgerOf(database).ReleaseAsync(claim, CancellationToken.None);
        return (await LedgerOf(database).ClaimAsync(claim.RunId, claim.Epoch, Second, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldNotBeNull();
    }

    /// <summary>What a query gives first.</summary>
    public static T Ask<T>(this Database database, string text) => database.Do(connection =>
    {
        using NpgsqlCommand command = connection.Command(text);
        return (T)command.ExecuteScalar()!;
    });

    /// <summary>Waits by the clock that leases are measured with; that of this process may be some milliseconds ahead of it.</summary>
    public static Task PassAsync(this Database database, TimeSpan time) => database.DoAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command("SELECT pg_sleep_for(@time)", ("time", time));
            return await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);

    /// <summary>Executes a statement.</summary>
    public static void Tell(this Database database, string text) => database.Do(connection =>
    {
        using NpgsqlCommand command = connection.Command(text);
        return command.ExecuteNonQuery();
    });
}
