namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>Says who was refused, at most once a second: those who try doors must not fill the disk.</summary>
internal sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _lastWritten;
    private long _others;

    /// <summary>Notes a refusal.</summary>
    public void Write(HttpContext context, string reason)
    {
        long others;
        lock (_gate)
        {
            if (_lastWritten is { } last && time.GetElapsedTime(last) < Pause)
            {
                _others++;
                return;
            }

            others = _others;
            _others = 0;
            _lastWritten = time.GetTimestamp();
        }

        logger.Refused(OneLine(context.Request.Path.Value ?? ""), context.Connection.RemoteIpAddress?.ToString() ?? "", OneLine(reason), others);
    }

    // Paths and subjects come from outside; a line break could forge an entry.
    private static string OneLine(string text) => string.Concat(text.Take(300).Where(character => !char.IsControl(character)));
}
