namespace Maml.Cluster.Cli.Tests.Support;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private TimeSpan _now;

    public void Advance(TimeSpan time) => _now += time;

    public override long GetTimestamp() => _now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
