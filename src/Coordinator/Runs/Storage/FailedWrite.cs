namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>A kind of file whose last attempt at writing failed.</summary>
internal sealed class FailedWrite
{
    private readonly RetryDelays _delays = new();

    /// <summary>When the last attempt failed, as a timestamp.</summary>
    public long At { get; private set; }

    /// <summary>How long to wait after that.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Notes one more failure.</summary>
    public void Add(long now)
    {
        At = now;
        Delay = _delays.Next();
    }
}
