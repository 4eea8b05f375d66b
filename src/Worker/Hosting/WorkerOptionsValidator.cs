using System.Net;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Telemetry;
using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>Checks options before anything is started.</summary>
public static class WorkerOptionsValidator
{
    private const int MaximumThreads = 1024;
    private const int MaximumChunkSlots = 16;
    private const int MaximumNameLength = 128;

    /// <summary>Everything that is wrong with the options; empty when they can be used. Whether the device is there shows at the start.</summary>
    public static IReadOnlyList<string> Validate(WorkerOptions options)
    {
        List<string> faults = [.. ClientCredentialsValidator.Validate(options.Coordinator, options.Credentials, options.InsecureAllowRemote)];
        Require(DeviceCatalog.IsName(options.Device), $"Device is '{options.Device}'; expected cpu or cuda:N.");
        Require(options.Name.Trim().Length is > 0 and <= MaximumNameLength,
            $"Name has {options.Name.Trim().Length} characters; expected 1 to {MaximumNameLength}.");
        Require(options.Threads is >= 1 and <= MaximumThreads, $"Threads is {options.Threads}; expected 1 to {MaximumThreads}.");
        Require(options.ChunkSlots is >= 1 and <= MaximumChunkSlots, $"ChunkSlots is {options.ChunkSlots}; expected 1 to {MaximumChunkSlots}.");
        Require(options.HealthPort is >= 0 and <= IPEndPoint.MaxPort, $"HealthPort is {options.HealthPort}; expected 0 (none) to {IPEndPoint.MaxPort}.");
        Require(options.DrainTimeout > TimeSpan.Zero, $"DrainTimeout is {options.DrainTimeout}; expected a time above zero.");
        Require(options.MaximumReconnectDelay > TimeSpan.Zero, $"MaximumReconnectDelay is {options.MaximumReconnectDelay}; expected a time above zero.");
        Require(options.DataDirectory is null || Directory.Exists(options.DataDirectory),
            $"DataDirectory is '{options.DataDirectory}', which is not a folder on this machine.");
        faults.AddRange(MonitoringOptionsValidator.Validate(options.Monitoring));
        faults.AddRange(TelemetryOptionsValidator.Validate(options.Telemetry));
        return faults;

        void Require(bool condition, string fault)
        {
            if (!condition) faults.Add(fault);
        }
    }

    /// <summary>Ends with one message that names every fault.</summary>
    /// <exception cref="WorkerException">Something is wrong with the options.</exception>
    internal static void ThrowIfInvalid(WorkerOptions options)
    {
        IReadOnlyList<string> faults = Validate(options);
        if (faults.Count > 0) throw new WorkerException(string.Join(Environment.NewLine, faults));
    }
}
