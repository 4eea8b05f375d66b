using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>
/// A counter with a series for each value of an enumeration. All are there from the start: of a series that begins with its first
/// event nobody can see the rise. Costs one addition an event, whether anybody looks or not.
/// </summary>
internal sealed class EnumCounter<TValue>
    where TValue : struct, Enum
{
    private static readonly string[] Names = [.. Enum.GetNames<TValue>().Select(TagNames.Of)];
    private readonly long[] _counts = new long[Names.Length];

    /// <summary>Creates the instrument.</summary>
    public EnumCounter(Meter meter, string name, string unit, string description, string tag)
    {
        KeyValuePair<string, object?>[] tags = [.. Names.Select(value => new KeyValuePair<string, object?>(tag, value))];
        meter.CreateObservableCounter(
            name, () => tags.Select((value, index) => new Measurement<long>(Interlocked.Read(ref _counts[index]), value)), unit, description);
    }

    /// <summary>Counts events.</summary>
    public void Add(TValue value, long events = 1) => Interlocked.Add(ref _counts[(int)(object)value], events);
}
