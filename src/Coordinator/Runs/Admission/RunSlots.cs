namespace Maml.Cluster.Coordinator.Runs.Admission;

/// <summary>
/// Lets a limited number of runs be active at once, in the order of asking. Those active share the workers; the others cost nothing
/// while they wait. Safe for use by several threads.
/// </summary>
/// <param name="maximumActive">Runs at once; 1 or more.</param>
/// <param name="maximumQueued">Runs that may wait; 0 or more.</param>
internal sealed class RunSlots(int maximumActive, int maximumQueued)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RunTicket> _waiting = [];
    private int _active;

    /// <summary>Runs that wait.</summary>
    public int Queued
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Whether a run that comes now is active at once.</summary>
    public bool HasFree
    {
        get
        {
            lock (_gate) return _active < maximumActive && _waiting.Count == 0;
        }
    }

    /// <summary>Asks for a place for a new run.</summary>
    /// <exception cref="RunLimitException">The queue is full.</exception>
    public RunTicket Enter()
    {
        lock (_gate)
        {
            if (_active >= maximumActive && _waiting.Count >= maximumQueued)
            {
                throw new RunLimitException(
                    $"{_active} runs are active and {_waiting.Count} wait; at most {maximumActive} and {maximumQueued} are allowed. "
                    + "Stop one, or try again when one has ended.");
            }

            return Add();
        }
    }

    /// <summary>Asks for a place for a run that was admitted before: it was paused, or the coordinator has started again.</summary>
    public RunTicket Reenter()
    {
        lock (_gate) return Add();
    }

    /// <summary>Takes a ticket back, whether it was granted or not.</summary>
    internal void Leave(RunTicket ticket)
    {
        lock (_gate)
        {
            if (_waiting.Remove(ticket)) return;
            _active--;
            GrantNext();
        }
    }

    private RunTicket Add()
    {
        var ticket = new RunTicket(this);
        _waiting.AddLast(ticket);
        GrantNext();
        return ticket;
    }

    private void GrantNext()
    {
        while (_active < maximumActive && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _active++;
            next.Value.Grant();
        }
    }
}
