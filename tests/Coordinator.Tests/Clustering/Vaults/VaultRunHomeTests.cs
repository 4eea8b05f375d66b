using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Tests.Clustering.Contracts;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Vaults;

/// <summary>Several who want a run's working copy at once.</summary>
public sealed class VaultRunHomeTests : IDisposable
{
    private static readonly NewRun New = new(Configurations.Sinusoid(), "sinusoid", DataSetHash: "", new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private readonly TemporaryFolder _folder = new();
    private readonly VaultRunHomes _homes;
    private readonly SlowVault _slow;
    private readonly VaultRunHome _first;
    private readonly VaultRunHome _second;

    public VaultRunHomeTests()
    {
        var ledger = new MemoryLedger(TimeProvider.System);
        var vault = new MemoryVault(ledger);
        _homes = new VaultRunHomes(_folder);
        _slow = new SlowVault(vault);
        _first = _homes.Create("first", ledger, vault);
        _second = _homes.Create("second", ledger, _slow);
    }

    public void Dispose()
    {
        _homes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_WhileAnotherReaderCopiesTheRun_WaitsForTheWholeCopyAndMakesNoOther()
    {
        string runId = await EndRunAsync("completed");
        Task<RunFolder> one = _second.OpenAsync(runId, default);
        await _slow.Begun;
        Task<RunFolder> other = _second.OpenAsync(runId, default);
        (await Task.WhenAny(other, Task.Delay(TimeSpan.FromSeconds(0.3)))).ShouldNotBe(other, "the copy is half there");
        _slow.GoOn();
        foreach (RunFolder folder in await Task.WhenAll(one, other)) RunDocumentFile.Read(folder.Record).State.ShouldBe("completed");
        _slow.Copies.ShouldBe(1);
    }

    [Fact]
    public async Task Open_WhileTheRunIsTakenHere_WaitsForTheWholeCopy()
    {
        string runId = await EndRunAsync(RunDocument.Active);
        Task<IRunHold?> taking = _second.TryTakeAsync(runId, default);
        await _slow.Begun;
        Task<RunFolder> reading = _second.OpenAsync(runId, default);
        (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(0.3)))).ShouldNotBe(reading, "the copy is half there");
        _slow.GoOn();
        await using IRunHold taken = (await taking).ShouldNotBeNull();
        RunDocumentFile.Read((await reading).Record).Run.ShouldBe(runId);
        _slow.Copies.ShouldBe(1);
    }

    private async Task<string> EndRunAsync(string state)
    {
        await using IRunHold hold = await _first.CreateAsync(New, default);
        RunDocumentFile.Write(hold.Folder.Record, New.RecordIn(hold.Folder) with { State = state });
        hold.Keep(RunPart.Record);
        return hold.Folder.RunId;
    }
}
