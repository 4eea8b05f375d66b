using System.Text;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>What every vault does, beside its ledger.</summary>
public abstract class RunVaultContract : IDisposable
{
    private static readonly CoordinatorIdentity Owner = new("owner", new Uri("http://127.0.0.1:5101"));

    private readonly TemporaryFolder _folder = new();
    private int _copies;

    [SkippableFact]
    public async Task Materialise_NoSuchRun_SaysSo()
    {
        (_, IRunVault vault) = await CreateAsync();
        (await vault.MaterialiseAsync("none", RunFolder.Open(_folder.File("none")), default)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Materialise_NewRun_HasItsConfigurationAndRecord()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        await BeginAsync(ledger);
        RunFolder copy = await CopyAsync(vault);
        File.ReadAllText(copy.Configuration).ShouldBe("configuration");
        File.ReadAllText(copy.Record).ShouldBe("record");
        File.Exists(copy.Summary).ShouldBeFalse();
        CheckpointStore.ReadNewest(copy.Checkpoints, fault => throw new InvalidOperationException(fault)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task KeepRecordAndSummary_AreInTheLedgerAndInTheCopy()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        RunClaim claim = await BeginAsync(ledger);
        vault.KeepSummary(claim, Bytes("first"));
        vault.KeepSummary(claim, Bytes("summary"));
        vault.KeepRecord(claim, Bytes("ended"), isUnfinished: false);
        LedgerEntry entry = (await ledger.FindAsync("run", default)).ShouldNotBeNull();
        entry.IsUnfinished.ShouldBeFalse();
        Encoding.UTF8.GetString(entry.Record.Span).ShouldBe("ended");
        await ledger.ReleaseAsync(claim, default);
        (await ledger.ListAdriftAsync(TimeSpan.Zero, default)).ShouldBeEmpty("nobody has to see to a run that is over");
        RunFolder copy = await CopyAsync(vault);
        File.ReadAllText(copy.Record).ShouldBe("ended");
        File.ReadAllText(copy.Summary).ShouldBe("summary");
    }

    [SkippableFact]
    public async Task KeepRows_AtAnyOffset_CutAndAppend()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        RunClaim claim = await BeginAsync(ledger);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[] expected = [];
        for (int step = 0; step < 40; step++)
        {
            // Mostly at the end, as a run does; sometimes where a run goes on from.
            int offset = random.Next(3) > 0 ? expected.Length : random.Next(expected.Length + 1);
            byte[] rows = new byte[random.Next(50)];
            random.NextBytes(rows);
            for (int time = random.Next(2); time >= 0; time--) vault.KeepRows(claim, "metrics.csv", offset, rows);
            expected = [.. expected[..offset], .. rows];
        }

        vault.KeepRows(claim, "evaluations.csv", 0, Bytes("other\n"));
        RunFolder copy = await CopyAsync(vault);
        File.ReadAllBytes(copy.Metrics).ShouldBe(expected, $"seed {seed}");
        File.ReadAllText(copy.Evaluations).ShouldBe("other\n");
    }

    [SkippableFact]
    public async Task KeepRows_BeyondTheEnd_IsRefused()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        RunClaim claim = await BeginAsync(ledger);
        vault.KeepRows(claim, "metrics.csv", 0, Bytes("row\n"));
        Should.Throw<RowsLostException>(() => vault.KeepRows(claim, "metrics.csv", 5, Bytes("row\n")));
        File.ReadAllText((await CopyAsync(vault)).Metrics).ShouldBe("row\n");
    }

    [SkippableFact]
    public async Task KeepCheckpoints_AfterEachSave_HasThoseOfTheManifestWithTheirScores()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        RunClaim claim = await BeginAsync(ledger);
        string local = _folder.File("local");
        CheckpointStore store = SmallCheckpoints.Open(local, keep: 2, keepBest: 1, higherIsBetter: false);
        foreach (long iteration in new[] { 1, 2, 3, 4, 4, 5 })
        {
            store.Save(SmallCheckpoints.Create(iteration) with { WallSeconds = Random.Shared.NextDouble() });
            vault.KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!);
            store.Score(iteration, iteration == 2 ? 0.1 : 0.5);
            CheckpointManifest manifest = CheckpointManifest.Read(local, _ => { })!;
            vault.KeepCheckpoints(claim, local, manifest);
            vault.KeepCheckpoints(claim, local, manifest);

            RunFolder copy = await CopyAsync(vault);
            CheckpointManifest found = CheckpointManifest.Read(copy.Checkpoints, fault => throw new InvalidOperationException(fault)).ShouldNotBeNull();
            found.HigherIsBetter.ShouldBeFalse();
            found.Checkpoints.ShouldBe(manifest.Checkpoints);
            CheckpointName.In(copy.Checkpoints).Order(StringComparer.Ordinal).ShouldBe(CheckpointName.In(local).Order(StringComparer.Ordinal));
            foreach (string name in CheckpointName.In(local))
                File.ReadAllBytes(Path.Combine(copy.Checkpoints, name)).ShouldBe(File.ReadAllBytes(Path.Combine(local, name)));
        }
    }

    [SkippableFact]
    public async Task Keep_UnderAnOlderEpoch_IsRefusedAndChangesNothing()
    {
        (IRunLedger ledger, IRunVault vault) = await CreateAsync();
        RunClaim old = await BeginAsync(ledger);
        await ledger.ReleaseAsync(old, default);
        RunClaim current = (await ledger.ClaimAsync("run", 1, Owner, TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();
        string local = _folder.File("local");
        SmallCheckpoints.Open(local).Save(SmallCheckpoints.Create(1));
        CheckpointManifest manifest = CheckpointManifest.Read(local, _ => { })!;
        foreach (RunClaim refused in new[] { old, current with { Epoch = current.Epoch + 1 }, current with { RunId = "none" }, current with { Owner = "other" } })
        {
            Should.Throw<StaleEpochException>(() => vault.KeepRecord(refused, Bytes("late"), isUnfinished: false)).Claim.ShouldBe(refused);
            Should.Throw<StaleEpochException>(() => vault.KeepSummary(refused, Bytes("late")));
            Should.Throw<StaleEpochException>(() => vault.KeepRows(refused, "metrics.csv", 0, Bytes("late\n")));
            Should.Throw<StaleEpochException>(() => vault.KeepCheckpoints(refused, local, manifest));
        }

        RunFolder copy = await CopyAsync(vault);
        File.ReadAllText(copy.Record).ShouldBe("record");
        File.Exists(copy.Summary).ShouldBeFalse();
        File.Exists(copy.Metrics).ShouldBeFalse();
        CheckpointName.In(copy.Checkpoints).ShouldBeEmpty();
        vault.KeepCheckpoints(current, local, manifest);
        CheckpointName.In((await CopyAsync(vault)).Checkpoints).Count.ShouldBe(1);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty one, and the ledger beside it.</summary>
    internal abstract Task<(IRunLedger Ledger, IRunVault Vault)> CreateAsync();

    private static async Task<RunClaim> BeginAsync(IRunLedger ledger) =>
        (await ledger.CreateAsync("run", Bytes("configuration"), Bytes("record"), Owner, TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<RunFolder> CopyAsync(IRunVault vault)
    {
        RunFolder folder = RunFolder.Open(_folder.File($"copy-{++_copies}"));
        (await vault.MaterialiseAsync("run", folder, default)).ShouldBeTrue();
        return folder;
    }
}
