using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>Sums up what one coordinator's instruments report.</summary>
internal sealed class MeterSink : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _sums = [];
    private readonly HashSet<string> _observed = [];

    /// <summary>Listens to the meters of one factory; those of other tests' coordinators have the same name.</summary>
    public MeterSink(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CoordinatorMeter.Name && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string key = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Key}={tags[0].Value}";
            if (instrument.IsObservable) _observed.Add(key);
            lock (_gate) _sums[key] = _sums.GetValueOrDefault(key) + value;
        });
        _listener.Start();
    }

    /// <summary>The sum of a counter, or the last value of what is observed.</summary>
    /// <param name="key">Name of the instrument, and <c> tag=value</c> where it has a tag.</param>
    public long this[string key]
    {
        get
        {
            lock (_gate)
            {
                // Observed values are whole each time; those with further tags are summed up.
                foreach (string observed in _observed) _sums.Remove(observed);
                _listener.RecordObservableInstruments();
                return _sums.GetValueOrDefault(key);
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
