namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>
/// A claim that this coordinator holds, until its lease may have ended or another is known to have the run. The end is reckoned from
/// before the lease was asked for, so that it is never later than the ledger's. Safe for use by several threads.
/// </summary>
internal sealed class HeldClaim : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _validity;
    private readonly List<Action> _leave = [];
    private readonly ITimer _end;
    private long _askedAt;
    private bool _isLost;

    /// <summary>Holds a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="validity">For how long from <paramref name="askedAt"/>: less than the lease.</param>
    /// <param name="askedAt">A timestamp from before it was asked for.</param>
    /// <param name="time">The clock, which only needs to run at its right speed.</param>
    public HeldClaim(RunClaim claim, TimeSpan validity, long askedAt, TimeProvider time)
    {
        Claim = claim;
        (_validity, _askedAt, _time) = (validity, askedAt, time);
        _end = time.CreateTimer(_ => LoseIfOver(), state: null, Rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The claim.</summary>
    public RunClaim Claim { get; }

    /// <summary>Whether another may have the run by now. A process that was halted finds it here before any timer tells.</summary>
    public bool IsLost
    {
        get
        {
            lock (_gate) return _isLost || IsOver;
        }
    }

    private bool IsOver => _time.GetElapsedTime(_askedAt) >= _validity;

    private TimeSpan Rest => _validity - _time.GetElapsedTime(_askedAt) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Notes that the lease was renewed. One that has been lost stays lost.</summary>
    /// <param name="askedAt">A timestamp from before that was asked for.</param>
    public void Renew(long askedAt)
    {
        lock (_gate)
        {
            if (_isLost || IsOver || askedAt <= _askedAt) return;
            _askedAt = askedAt;
            _end.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Notes that another has the run.</summary>
    public void Lose()
    {
        Action[] leave;
        lock (_gate)
        {
            if (_isLost) return;
            _isLost = true;
            leave = [.. _leave];
            _leave.Clear();
        }

        foreach (Action action in leave) action();
    }

    /// <summary>Has something done when it is lost; at once where it is.</summary>
    public void WhenLost(Action leave)
    {
        lock (_gate)
        {
            if (!_isLost)
            {
                _leave.Add(leave);
                return;
            }
        }

        leave();
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    private void LoseIfOver()
    {
        bool isOver;
        lock (_gate)
        {
            isOver = IsOver;

            // It was renewed while the timer went off.
            if (!isOver) _end.Change(Rest, Timeout.InfiniteTimeSpan);
        }

        if (isOver) Lose();
    }
}
