namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>One version of a run's θ on the host.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Version">The version; unique within the run and the session.</param>
/// <param name="Values">θ, flat. Never changed once complete.</param>
internal sealed record ParameterVersion(string RunId, ulong Version, float[] Values)
{
    private int _holders;

    /// <summary>Whether a chunk may still read it.</summary>
    public bool IsHeld => Volatile.Read(ref _holders) > 0;

    /// <summary>A chunk needs it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>A chunk needs it no more.</summary>
    public void LetGo() => Interlocked.Decrement(ref _holders);
}
