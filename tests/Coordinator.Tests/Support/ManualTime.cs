namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Timers go off on the thread that moves it. Safe for use by several threads.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that will go off.</summary>
    public int Armed
    {
        get
        {
            lock (_gate) return _armed.Count;
        }
    }

    /// <summary>How long the last of them has to go; zero when there is none.</summary>
    public TimeSpan Furthest
    {
        get
        {
            lock (_gate) return _armed.Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_armed.Max(timer => timer.Due) - _ticks);
        }
    }

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass; whatever is due goes off, in order.</summary>
    public void Advance(TimeSpan by)
    {
        long end = _ticks + by.Ticks;
        while (TakeDue(end) is { } next) next.GoOff();
        Volatile.Write(ref _ticks, end);
    }

    private ManualTimer? TakeDue(long end)
    {
        lock (_gate)
        {
            if (_armed.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is not { } next) return null;
            _armed.Remove(next);
            Volatile.Write(ref _ticks, Math.Max(_ticks, next.Due));
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            period.ShouldBe(Timeout.InfiniteTimeSpan, "no test needs more");
            lock (time._gate)
            {
                time._armed.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time._ticks + dueTime.Ticks;
                time._armed.Add(this);
            }

            return true;
        }

        public void GoOff() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
