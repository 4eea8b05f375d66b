using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>The ledger that simulations use keeps what they rely on.</summary>
public sealed class MemoryLedgerTests : RunLedgerContract
{
    private readonly ManualTime _time = new();

    internal override Task<IRunLedger> CreateAsync() => Task.FromResult<IRunLedger>(new MemoryLedger(_time));

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
