namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>Says whom the silo has refused, at most once in ten seconds: silos try again and again, and so do strangers.</summary>
internal sealed class SiloRefusals(TimeProvider time, ILogger<SiloRefusals> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _lastWritten;

    /// <summary>Notes one.</summary>
    public void Write(string reason)
    {
        lock (_gate)
        {
            if (_lastWritten is { } last && time.GetElapsedTime(last) < Pause) return;
            _lastWritten = time.GetTimestamp();
        }

        // Subjects come from outside; a line break could forge an entry.
        logger.SiloRefused(string.Concat(reason.Take(300).Where(character => !char.IsControl(character))));
    }
}
