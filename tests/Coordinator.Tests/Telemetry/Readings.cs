using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Tests.Telemetry;

/// <summary>Reads all instruments of one factory at once, each series by name and tags.</summary>
internal static class Readings
{
    /// <summary>What is observed now, as <c>name tag=value,tag=value</c>.</summary>
    public static Dictionary<string, double> Take(IMeterFactory factory)
    {
        var readings = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CoordinatorMeter.Name && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => readings.Add(KeyOf(instrument, tags), value));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => readings.Add(KeyOf(instrument, tags), value));
        listener.Start();
        listener.RecordObservableInstruments();
        return readings;
    }

    private static string KeyOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd();
}
