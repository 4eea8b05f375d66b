namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>Who has refused an epoch of this coordinator's as older than the run's.</summary>
internal enum EpochRefusal
{
    /// <summary>The ledger: a claim could not be renewed, since another has it.</summary>
    Ledger,

    /// <summary>The vault: a write came too late.</summary>
    Vault,

    /// <summary>A worker that has seen a higher one.</summary>
    Worker,
}
