namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>When a worker is sent to another coordinator.</summary>
internal enum RedirectPoint
{
    /// <summary>When it dials in.</summary>
    Door,

    /// <summary>While it is attached.</summary>
    Attached,
}
