using System.Collections.Concurrent;
using System.Text;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>Coordinators that take a run from one another and write to it all at once, as fast as they can.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class TwoEpochsTests(PostgresFixture fixture) : IDisposable
{
    private const int Coordinators = 4;
    private const int Steps = 120;

    // What is written bears the writer's epoch; the database itself notes under which it lets that happen.
    private const string Audit = """
        CREATE TABLE audit (place text, writer bigint, run bigint);
        CREATE FUNCTION note_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO audit VALUES ('record', convert_from(NEW.record, 'UTF8')::bigint, NEW.epoch); RETURN NULL; END $$;
        CREATE FUNCTION note_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO audit SELECT 'checkpoint', NEW.epoch, epoch FROM maml_runs; RETURN NULL; END $$;
        CREATE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO audit SELECT 'rows', convert_from(NEW.content, 'UTF8')::bigint, epoch FROM maml_runs; RETURN NULL; END $$;
        CREATE TRIGGER record AFTER UPDATE OF record ON maml_runs FOR EACH ROW EXECUTE FUNCTION note_record();
        CREATE TRIGGER checkpoint AFTER INSERT ON maml_checkpoints FOR EACH ROW EXECUTE FUNCTION note_checkpoint();
        CREATE TRIGGER rows AFTER INSERT ON maml_table_pieces FOR EACH ROW EXECUTE FUNCTION note_rows();
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task Keep_ByManyInRandomOrder_EverythingThatIsWrittenIsOfTheEpochThen()
    {
        int seed = Random.Shared.Next();
        string context = $"seed {seed}";
        await using Database database = await fixture.CreateWithTablesAsync();
        database.Tell(Audit);
        await Databases.CreateRunAsync(database, lease: TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, Coordinators).Select(number => Task.Run(() => Work(database, number, new Random(seed + number)))));

        database.Ask<long>("SELECT count(*) FROM audit WHERE writer <> run").ShouldBe(0, context);
        foreach (string place in new[] { "record", "checkpoint", "rows" })
        {
            database.Ask<long>($"SELECT count(*) FROM audit WHERE place = '{place}'").ShouldBeGreaterThan(0, context);
            _outcomes.GetValueOrDefault($"{place} refused").ShouldBeGreaterThan(0, context);
        }

        database.Ask<long>("SELECT count(*) FROM maml_checkpoint_pieces WHERE checkpoint_key NOT IN (SELECT checkpoint_key FROM maml_checkpoints)").ShouldBe(0, context);
        RunFolder copy = RunFolder.Open(_folder.File("copy"));
        await Databases.VaultOf(database).MaterialiseAsync("run", copy, CancellationToken.None);
        CheckpointStore.ReadNewest(copy.Checkpoints, fault => throw new InvalidOperationException($"{context}: {fault}")).ShouldNotBeNull(context);
    }

    private void Work(Database database, int number, Random random)
    {
        PostgresLedger ledger = Databases.LedgerOf(database);
        PostgresVault vault = Databases.VaultOf(database);
        var identity = new CoordinatorIdentity($"c{number}", new Uri("http://127.0.0.1:1"));
        var claim = new RunClaim("run", 1, Databases.First.Id);
        for (int step = 0; step < Steps; step++)
        {
            byte[] content = Encoding.UTF8.GetBytes($"{claim.Epoch}");
            switch (random.Next(6))
            {
                case 0 or 1:
                    long epoch = ledger.FindAsync("run", CancellationToken.None).GetAwaiter().GetResult()!.Epoch;
                    claim = ledger.ClaimAsync("run", epoch, identity, TimeSpan.FromMilliseconds(random.Next(5)), CancellationToken.None).GetAwaiter().GetResult() ?? claim;
                    break;
                case 2:
                    Try("record", () => vault.KeepRecord(claim, content, isUnfinished: true));
                    break;
                case 3:
                    Try("rows", () => vault.KeepRows(claim, "metrics.csv", 0, content));
                    break;
                default:
                    // The same names from all of them, as of a run that goes on from the same place twice.
                    string local = _folder.File($"{number}-{claim.Epoch}");
                    CheckpointStore store = SmallCheckpoints.Open(local, keep: 2);
                    store.Save(SmallCheckpoints.Create((store.Newest?.Iteration ?? 0) + 1) with { WallSeconds = random.NextDouble() });
                    Try("checkpoint", () => vault.KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!));
                    break;
            }
        }
    }

    private void Try(string place, Action keep)
    {
        try
        {
            keep();
        }
        catch (StaleEpochException)
        {
            _outcomes.AddOrUpdate($"{place} refused", 1, (_, count) => count + 1);
        }
    }
}
