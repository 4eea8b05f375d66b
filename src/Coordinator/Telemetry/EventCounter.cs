using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>A counter that is there from the start, at zero, and costs one addition an event.</summary>
internal sealed class EventCounter
{
    private long _count;

    /// <summary>Creates the instrument.</summary>
    public EventCounter(Meter meter, string name, string unit, string description) =>
        meter.CreateObservableCounter(name, () => Interlocked.Read(ref _count), unit, description);

    /// <summary>Counts events.</summary>
    public void Add(long events = 1) => Interlocked.Add(ref _count, events);
}
