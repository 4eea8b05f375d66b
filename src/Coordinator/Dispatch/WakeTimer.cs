namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Calls back when time alone will have changed something. Guarded by its owner, but for the call back.</summary>
internal sealed class WakeTimer : IDisposable
{
    // A timer rounds down to milliseconds; a little late is right, a little early would only ask again.
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    private readonly ITimer _timer;
    private TimeSpan? _armed;

    /// <summary>Not armed yet.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="onWake">Called on another thread; calls <see cref="Disarm"/> first.</param>
    public WakeTimer(TimeProvider time, Action onWake) =>
        _timer = time.CreateTimer(_ => onWake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes no later than asked for. One that is armed for an earlier time stays: a call too many does no harm.</summary>
    /// <param name="at">When.</param>
    /// <param name="now">The time now, on the same clock.</param>
    public void Arm(TimeSpan? at, TimeSpan now)
    {
        if (at is not { } wake || _armed <= wake) return;
        _armed = wake;
        _timer.Change(wake > now ? wake - now + Resolution : Resolution, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes that it has gone off.</summary>
    public void Disarm() => _armed = null;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
