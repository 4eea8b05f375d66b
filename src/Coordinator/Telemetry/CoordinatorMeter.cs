using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>The coordinator's meter: one for each host, disposed with it.</summary>
internal sealed class CoordinatorMeter(IMeterFactory factory)
{
    /// <summary>Its name.</summary>
    public const string Name = "Maml.Cluster.Coordinator";

    /// <summary>The meter; the factory owns it.</summary>
    public Meter Meter { get; } = factory.Create(Name);
}
