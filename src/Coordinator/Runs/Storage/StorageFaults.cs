namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>Which files of a run cannot be written at present, as the run's state tells it. Safe for use by several threads.</summary>
internal sealed class StorageFaults(Run run)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Notes a fault.</summary>
    /// <param name="what">What cannot be written.</param>
    /// <param name="message">Why, complete in itself.</param>
    public void Add(string what, string message)
    {
        lock (_gate)
        {
            _faults[what] = message;
            Tell();
        }
    }

    /// <summary>Notes that a fault is over.</summary>
    public void Remove(string what)
    {
        lock (_gate)
        {
            if (_faults.Remove(what)) Tell();
        }
    }

    private void Tell() => run.SetStorageFault(string.Join(' ', _faults.Values));
}
