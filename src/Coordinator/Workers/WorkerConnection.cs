using System.Threading.Channels;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>An attached worker: who it is, what is queued for it, and when it was last heard of.</summary>
internal sealed class WorkerConnection : IWorkerOutbox, IDisposable
{
    // Far above what slots, revocations and ended runs of a worker that reads can ever add up to.
    private const int QueueCapacity = 1024;

    private readonly Channel<OutgoingItem> _queue;
    private readonly CancellationTokenSource _aborted = new();
    private volatile bool _isQueueClosed;
    private long _lastSeen;
    private long _writingSince;

    /// <summary>Describes a worker that has just said hello.</summary>
    public WorkerConnection(
        string id, string name, string device, int slots, long now, bool isAggregator = false, string instance = "", HandoverReader? handover = null,
        Lane<WorkerMessage, CoordinatorMessage>? lane = null)
    {
        Lane = lane;

        // A lane takes a message in no time, and does so from the thread that has it: another would have to wake up first.
        bool isWrittenByWhoQueues = lane is not null;
        _queue = Channel.CreateBounded<OutgoingItem>(
            new BoundedChannelOptions(QueueCapacity) { AllowSynchronousContinuations = isWrittenByWhoQueues, SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        Instance = instance.Length > 0 ? instance : $"{Guid.NewGuid():N}";
        Handover = handover;
        IsAggregator = isAggregator;
        Id = id;
        Name = name;
        Device = device;
        Slots = slots;
        _lastSeen = now;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Device { get; }

    /// <inheritdoc/>
    public int Slots { get; }

    /// <inheritdoc/>
    public bool IsAggregator { get; }

    /// <inheritdoc/>
    public long LastSeen => Volatile.Read(ref _lastSeen);

    /// <summary>What the worker hands over through this machine's memory; null for a worker that sends and gets vectors as bytes.</summary>
    public HandoverReader? Handover { get; }

    /// <summary>The shorter way to a worker of this machine, once it is welcomed; null for a worker that is elsewhere.</summary>
    public Lane<WorkerMessage, CoordinatorMessage>? Lane { get; }

    /// <summary>The worker's process, by which another coordinator knows it again.</summary>
    public string Instance { get; }

    /// <summary>The coordinator that it was sent to; null where it stays.</summary>
    public string? MovingTo { get; set; }

    /// <summary>Whether it has said that it takes no more chunks.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The list of coordinators that it was told; null for none.</summary>
    public CoordinatorList? Told { get; set; }

    /// <summary>What is to be sent, in order.</summary>
    public ChannelReader<OutgoingItem> Queue => _queue.Reader;

    /// <summary>Cancelled when the coordinator lets the worker go.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>Why the coordinator let the worker go; null while it has not.</summary>
    public string? AbortReason { get; private set; }

    /// <summary>When the message that is being sent was begun, as a timestamp of the <see cref="TimeProvider"/>; null while none is.</summary>
    public long? WritingSince => Volatile.Read(ref _writingSince) is not 0 and var since ? since : null;

    /// <summary>Notes that a message is about to be sent.</summary>
    public void BeginWrite(long now) => Volatile.Write(ref _writingSince, now);

    /// <summary>Notes that the message is gone.</summary>
    public void EndWrite() => Volatile.Write(ref _writingSince, 0);

    /// <summary>Notes a sign of life.</summary>
    public void Touch(long now) => Volatile.Write(ref _lastSeen, now);

    /// <inheritdoc/>
    public void Enqueue(OutgoingItem item)
    {
        if (_queue.Writer.TryWrite(item)) return;
        Forgo(item);
        if (!_isQueueClosed) Dismiss($"it does not read its stream: {QueueCapacity} messages are waiting");
    }

    /// <summary>Nobody sends any more what is queued, or will be.</summary>
    public void CloseQueue()
    {
        _isQueueClosed = true;
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out OutgoingItem? item)) Forgo(item);
    }

    // A lease that is not sent holds θ all the same.
    private static void Forgo(OutgoingItem item)
    {
        if (item is OutgoingItem.Lease lease) lease.Work.Parameters.Release();
    }

    /// <inheritdoc/>
    public void Dismiss(string reason)
    {
        AbortReason ??= reason;
        try
        {
            // Not here and now: the callbacks end the stream, and callers hold locks.
            _ = _aborted.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It left at the same moment.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lane?.Dispose();
        Handover?.Dispose();
        _aborted.Dispose();
    }
}
