using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>What is really so, as only the database knows: the ledger, its clock, and the one run's checkpoints.</summary>
internal sealed class SimulatedTruth
{
    public const string RunId = "run";
    public const long Iterations = 40;

    public SimulatedTruth() => Ledger = new MemoryLedger(Time);

    public ManualTime Time { get; } = new();

    public MemoryLedger Ledger { get; }

    /// <summary>Iterations at the newest checkpoint.</summary>
    public long Iteration { get; private set; }

    /// <summary>Under which epoch it was written.</summary>
    public long Epoch { get; private set; }

    public bool IsOver => Iteration >= Iterations;

    /// <summary>Writes a checkpoint, unless the claim is no longer good.</summary>
    public void Write(RunClaim claim, long iteration) => Ledger.Under(claim, () =>
    {
        claim.Epoch.ShouldBeGreaterThanOrEqualTo(Epoch, "an older owner wrote after a newer one");
        iteration.ShouldBe(Iteration + 1, "an owner went on from something else than the newest checkpoint");
        (Iteration, Epoch) = (iteration, claim.Epoch);
        if (IsOver) Ledger.SetRecord(claim, default, isUnfinished: false);
    });
}
