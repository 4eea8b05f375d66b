using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>The vault that other tests use keeps what they rely on.</summary>
public sealed class MemoryVaultTests : RunVaultContract
{
    internal override Task<(IRunLedger Ledger, IRunVault Vault)> CreateAsync()
    {
        var ledger = new MemoryLedger(TimeProvider.System);
        return Task.FromResult<(IRunLedger, IRunVault)>((ledger, new MemoryVault(ledger)));
    }
}
