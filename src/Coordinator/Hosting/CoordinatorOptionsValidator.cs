using System.Net;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Storage;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>Says everything that is wrong with a coordinator's options.</summary>
public static class CoordinatorOptionsValidator
{
    private static readonly TimeSpan MaximumDuration = TimeSpan.FromDays(1);

    /// <summary>One complete message for each fault; empty when the options can be used. Reads no file.</summary>
    public static IReadOnlyList<string> Validate(CoordinatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        CoordinatorSecurityValidator.Validate(options, faults);
        if (options.Port is < 0 or > IPEndPoint.MaxPort)
            faults.Add($"Port: found {options.Port}, expected 1 to {IPEndPoint.MaxPort}, or 0 for any that is free.");
        if (string.IsNullOrWhiteSpace(options.RunsDirectory))
            faults.Add("RunsDirectory: found nothing, expected the folder that holds the runs.");
        if (options.MissedHeartbeats < 2)
            faults.Add($"MissedHeartbeats: found {options.MissedHeartbeats}, expected 2 or more, since one may be late.");
        if (options.MaximumActiveRuns < 1) faults.Add($"MaximumActiveRuns: found {options.MaximumActiveRuns}, expected 1 or more.");
        if (options.MaximumQueuedRuns < 0) faults.Add($"MaximumQueuedRuns: found {options.MaximumQueuedRuns}, expected 0 or more.");
        CheckDuration(nameof(options.HeartbeatInterval), options.HeartbeatInterval, faults);
        CheckDuration(nameof(options.LeaseDuration), options.LeaseDuration, faults);
        SchedulingOptionsChecks.Check(options, faults);
        if (options.StopGrace < TimeSpan.Zero || options.StopGrace > MaximumDuration)
            faults.Add($"StopGrace: found {options.StopGrace}, expected 0 to {MaximumDuration}.");
        ClusteringOptionsValidator.Validate(options, faults);
        StorageOptionsValidator.Validate(options, faults);
        CoordinatorLimitsValidator.Validate(options.Limits, faults);
        faults.AddRange(MonitoringOptionsValidator.Validate(options.Monitoring));
        faults.AddRange(TelemetryOptionsValidator.Validate(options.Telemetry));
        return faults;
    }

    internal static void CheckDuration(string name, TimeSpan value, List<string> faults)
    {
        if (value < TimeSpan.FromMilliseconds(1) || value > MaximumDuration)
            faults.Add($"{name}: found {value}, expected 1 ms to {MaximumDuration}.");
    }
}
