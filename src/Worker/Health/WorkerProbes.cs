using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Worker.Devices;
using static Maml.Cluster.Protos.Health.V1.HealthCheckResponse.Types;

namespace Maml.Cluster.Worker.Health;

/// <summary>How the worker is. An absent coordinator leaves it alive: a restart of the worker would not bring the other back.</summary>
internal sealed class WorkerProbes(WorkerHealth health) : IProbes
{
    /// <summary>
    /// Time with one piece of work after which the device counts as hung. 10 min: ten times the default lease, so that what comes later
    /// has long been computed by others; a GPU that hangs that long hangs for good.
    /// </summary>
    public static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(10);

    private volatile DeviceThread? _device;

    /// <summary>Says that libtorch is loaded and the device has computed something.</summary>
    public void Use(DeviceThread device) => _device = device;

    /// <inheritdoc/>
    public ProbeAnswer Startup() => _device is { } device
        ? ProbeAnswer.Good($"started on {device.Description.Name}")
        : ProbeAnswer.Bad("starting: libtorch is being loaded");

    /// <inheritdoc/>
    public ProbeAnswer Liveness()
    {
        if (_device is not { } device) return ProbeAnswer.Good("alive");
        TimeSpan busy = device.BusyTime;
        return busy <= LongestWork
            ? ProbeAnswer.Good("alive")
            : ProbeAnswer.Bad($"stuck: {device.Description.Name} has been at one piece of work for {busy.TotalMinutes:0} min, expected {LongestWork.TotalMinutes:0} at most");
    }

    /// <inheritdoc/>
    public ProbeAnswer Readiness()
    {
        if (_device is null) return Startup();
        return health.Check(WorkerHealth.AttachmentService) == ServingStatus.Serving
            ? ProbeAnswer.Good("attached")
            : ProbeAnswer.Bad("not attached to a coordinator");
    }
}
