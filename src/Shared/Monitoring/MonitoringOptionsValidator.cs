using System.Net;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>Says what is wrong with where a host is watched.</summary>
public static class MonitoringOptionsValidator
{
    /// <summary>One complete message for each fault; empty when the options can be used.</summary>
    public static IReadOnlyList<string> Validate(MonitoringOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        if (!IPAddress.TryParse(options.ListenAddress, out _))
            faults.Add($"Monitoring.ListenAddress: found '{options.ListenAddress}', expected an IP address such as 127.0.0.1, or 0.0.0.0 for all.");
        if (options.Port is < 0 or > IPEndPoint.MaxPort)
            faults.Add($"Monitoring.Port: found {options.Port}, expected 1 to {IPEndPoint.MaxPort}, 0 for any that is free, or nothing for none.");
        return faults;
    }
}
