using Maml.Cluster.Shared.Monitoring;

namespace Maml.Cluster.Coordinator.Monitoring;

/// <summary>How the coordinator is. Without workers it is as ready as with them: it waits for them, and who starts a run need not.</summary>
internal sealed class CoordinatorProbes(TimeProvider time) : IProbes
{
    /// <summary>
    /// Silence of the watchdog after which the coordinator counts as stuck. It ticks every second at least, and takes the locks that
    /// everything else does; 30 s is more than a machine out of memory pauses, and half of a lease.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private volatile Stage _stage = Stage.Starting;
    private long _lastTick = time.GetTimestamp();

    private enum Stage
    {
        Starting,
        Serving,
        Stopping,
    }

    /// <summary>Says that earlier runs have been read and clients are served.</summary>
    public void Serve()
    {
        Tick();
        _stage = Stage.Serving;
    }

    /// <summary>Says that the coordinator ends.</summary>
    public void Stop() => _stage = Stage.Stopping;

    /// <summary>Says that the watchdog came round.</summary>
    public void Tick() => Volatile.Write(ref _lastTick, time.GetTimestamp());

    /// <inheritdoc/>
    public ProbeAnswer Startup() => _stage == Stage.Starting ? ProbeAnswer.Bad("starting: the runs of earlier starts are being read") : ProbeAnswer.Good("started");

    /// <inheritdoc/>
    public ProbeAnswer Liveness()
    {
        // At its end a coordinator writes checkpoints, for which it has a time of its own.
        if (_stage != Stage.Serving) return ProbeAnswer.Good("alive");
        TimeSpan silence = time.GetElapsedTime(Volatile.Read(ref _lastTick));
        return silence <= LongestSilence
            ? ProbeAnswer.Good("alive")
            : ProbeAnswer.Bad($"stuck: leases and heartbeats were last looked at {silence.TotalSeconds:0} s ago, expected every second");
    }

    /// <inheritdoc/>
    public ProbeAnswer Readiness() => _stage switch
    {
        Stage.Starting => Startup(),
        Stage.Serving => ProbeAnswer.Good("ready"),
        _ => ProbeAnswer.Bad("stopping: runs are being put down"),
    };
}
