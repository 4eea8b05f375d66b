using Maml.Cluster.Coordinator.Clustering.Takeover;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Maml.Cluster.Coordinator.Clustering.Grains;

/// <summary>
/// A run. It has no state of its own, and to be activated twice does no harm: what is true of the run is in the ledger. Its reminder
/// outlives every coordinator and wakes it on one of those that are left. Reentrant: taking a run over may take long, and whoever else asks
/// for it waits for the same.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed class RunGrain(RunWaker waker, ClusteringOptions options, TimeProvider time, ILogger<RunGrain> logger) : Grain, IRunGrain, IRemindable
{
    private const string Reminder = "wake";

    // The reminder is set before the run is in the ledger.
    private static readonly TimeSpan AbsenceLimit = TimeSpan.FromMinutes(1);

    private long? _absentSince;

    private string RunId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task WatchOverAsync() => this.RegisterOrUpdateReminder(Reminder, options.WakeInterval, options.WakeInterval);

    /// <inheritdoc/>
    public Task WakeAsync() => LookAsync();

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            WakeAnswer answer = await LookAsync();
            if (answer == WakeAnswer.Over || IsAbsentForLong(answer)) await ForgetAsync();
        }
        catch (Exception e)
        {
            // The next tick tries again, here or elsewhere.
            logger.NotWoken(RunId, e.Message);
        }
    }

    private Task<WakeAnswer> LookAsync() => waker.WakeAsync(RunId, CancellationToken.None);

    private bool IsAbsentForLong(WakeAnswer answer)
    {
        if (answer != WakeAnswer.Absent) _absentSince = null;
        else _absentSince ??= time.GetTimestamp();
        return _absentSince is { } since && time.GetElapsedTime(since) > AbsenceLimit;
    }

    private async Task ForgetAsync()
    {
        if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }
}
