using System.Diagnostics;

namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>
/// How long the whole machine stood still meanwhile, as shared ones do for a second now and then: what a thread overslept that sleeps for
/// moments only. A promise in seconds is one of a machine that runs; that it is busy is no excuse, and not counted here.
/// </summary>
internal sealed class Standstill : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // A busy machine wakes a thread that has slept far sooner.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    private readonly Thread _sleeper;
    private long _ticks;
    private volatile bool _isOver;

    public Standstill()
    {
        _sleeper = new Thread(Watch) { IsBackground = true, Name = nameof(Standstill) };
        _sleeper.Start();
    }

    /// <summary>Until now.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    public void Dispose()
    {
        _isOver = true;
        _sleeper.Join();
    }

    private void Watch()
    {
        while (!_isOver)
        {
            long began = Stopwatch.GetTimestamp();
            Thread.Sleep(Moment);
            TimeSpan overslept = Stopwatch.GetElapsedTime(began) - Moment;
            if (overslept >= Least) Volatile.Write(ref _ticks, _ticks + overslept.Ticks);
        }
    }
}
