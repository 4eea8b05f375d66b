using Maml.Cluster.Coordinator.Clustering.Vaults;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Vaults;

public sealed class RunGatesTests
{
    private readonly RunGates _gates = new();

    [Fact]
    public async Task Enter_SomebodyIsThere_WaitsForItsTurnAndForThatOfNoOtherRun()
    {
        IDisposable first = await _gates.EnterAsync("run", default);
        Task<IDisposable> second = _gates.EnterAsync("run", default);
        (await _gates.EnterAsync("other", default)).Dispose();
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).Dispose();
        _gates.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Enter_GivesUp_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        IDisposable first = await _gates.EnterAsync("run", default);
        Task<IDisposable> second = _gates.EnterAsync("run", cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await _gates.EnterAsync("run", default)).Dispose();
        _gates.Count.ShouldBe(0);
    }
}
