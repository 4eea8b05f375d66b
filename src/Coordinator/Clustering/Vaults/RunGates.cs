namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>Lets one at a time do something to a run's working copy. Safe for use by several threads.</summary>
internal sealed class RunGates
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>Runs that somebody is at.</summary>
    public int Count
    {
        get
        {
            lock (_gates) return _gates.Count;
        }
    }

    /// <summary>Waits until nobody else is at the run.</summary>
    /// <returns>Lets the next one in when disposed; once.</returns>
    public async Task<IDisposable> EnterAsync(string runId, CancellationToken cancellationToken)
    {
        Gate gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue(runId, out gate!)) _gates.Add(runId, gate = new Gate(this, runId));
            gate.Users++;
        }

        try
        {
            await gate.Turn.WaitAsync(cancellationToken);
            return gate;
        }
        catch
        {
            Leave(gate);
            throw;
        }
    }

    private void Leave(Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Users > 0) return;
            _gates.Remove(gate.RunId);
        }

        gate.Turn.Dispose();
    }

    private sealed class Gate(RunGates gates, string runId) : IDisposable
    {
        public string RunId { get; } = runId;

        public SemaphoreSlim Turn { get; } = new(1);

        public int Users { get; set; }

        public void Dispose()
        {
            Turn.Release();
            gates.Leave(this);
        }
    }
}
