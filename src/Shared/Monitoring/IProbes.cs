namespace Maml.Cluster.Shared.Monitoring;

/// <summary>The three questions that a cluster asks a host. Answers are immediate, and may be asked for from any thread.</summary>
public interface IProbes
{
    /// <summary>Whether the start is over. Until then nobody asks the other two.</summary>
    ProbeAnswer Startup();

    /// <summary>Whether the host still works; a host that does not is killed and started again. Never about others: a restart here mends nothing there.</summary>
    ProbeAnswer Liveness();

    /// <summary>Whether the host can do its work now; one that cannot is left out of its service, and a roll-out waits for it.</summary>
    ProbeAnswer Readiness();
}
