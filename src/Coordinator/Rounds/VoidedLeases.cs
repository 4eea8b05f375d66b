namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>The latest leases that a worker lost before it answered. Takes no memory before the first.</summary>
internal sealed class VoidedLeases
{
    // An answer is late by a chunk's duration at most; a worker of 16 slots would have to lose all of them eight times meanwhile.
    private const int Capacity = 128;

    private ulong[]? _leases;
    private int _next;

    /// <summary>Notes a lease, in the place of the oldest.</summary>
    public void Add(ulong lease)
    {
        _leases ??= new ulong[Capacity];
        _leases[_next] = lease;
        _next = (_next + 1) % Capacity;
    }

    /// <summary>Strikes a lease off: it is answered late, and once.</summary>
    /// <returns>Whether it was among them.</returns>
    public bool Remove(ulong lease)
    {
        int index = _leases is null || lease == 0 ? -1 : Array.IndexOf(_leases, lease);
        if (index < 0) return false;
        _leases![index] = 0;
        return true;
    }
}
