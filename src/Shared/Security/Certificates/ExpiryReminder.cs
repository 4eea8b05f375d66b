using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Maml.Cluster.Shared.Security;

/// <summary>Reminds once a day of certificates that expire soon, or have.</summary>
internal sealed class ExpiryReminder(ISecurityReports reports, TimeProvider time)
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _reminded = [];

    /// <summary>Looks at a certificate.</summary>
    public void Check(X509Certificate2 certificate, string path)
    {
        DateTimeOffset now = time.GetUtcNow();
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        if (end - now > Notice) return;
        lock (_gate)
        {
            if (_reminded.TryGetValue(certificate.Thumbprint, out DateTimeOffset last) && now - last < Pause) return;
            _reminded[certificate.Thumbprint] = now;
        }

        string date = end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        reports.Warn(end <= now
            ? $"The certificate '{certificate.Subject}' in '{path}' expired on {date} UTC: the other side refuses it. Replace the file; no restart is needed."
            : $"The certificate '{certificate.Subject}' in '{path}' expires on {date} UTC. Replace the file before; no restart is needed.");
    }
}
