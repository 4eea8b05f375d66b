using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Takeover;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>Homes in a vault, each with a folder of its own for working copies.</summary>
internal sealed class VaultRunHomes(TemporaryFolder folder) : IDisposable
{
    private readonly TestMeterFactory _meters = new();

    public VaultRunHome Create(string name, IRunLedger ledger, IRunVault vault)
    {
        // Nobody renews here: the leases must outlast the test.
        var options = new ClusteringOptions { Lease = TimeSpan.FromMinutes(5) };
        var claims = new RunClaims(
            ledger, new CoordinatorIdentity(name, new Uri("http://127.0.0.1:1")), options, new ClusterMetrics(new CoordinatorMeter(_meters)), TimeProvider.System,
            NullLogger<RunClaims>.Instance);
        return new VaultRunHome(new CoordinatorOptions { RunsDirectory = folder.File(name), Cluster = options }, ledger, vault, claims, new OwnRunWatch());
    }

    public void Dispose() => _meters.Dispose();
}
