using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>Two coordinators with a vault in memory.</summary>
public sealed class MemoryVaultRunHomeTests : RunHomeContract
{
    internal override Task<(IRunHome First, IRunHome Second)> CreateAsync()
    {
        var ledger = new MemoryLedger(TimeProvider.System);
        var vault = new MemoryVault(ledger);
        using var homes = new VaultRunHomes(Folder);
        return Task.FromResult<(IRunHome, IRunHome)>((homes.Create("first", ledger, vault), homes.Create("second", ledger, vault)));
    }
}
