using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>The workers that are attached. Safe for use by several threads.</summary>
internal sealed class WorkerRegistry(CoordinatorOptions options, RoundDispatcher dispatcher, TimeProvider time, ILogger<WorkerRegistry> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WorkerConnection> _connections = [];
    private int _lastId;

    /// <summary>Raised with the number of workers when one has joined or left.</summary>
    public event Action<int>? CountChanged;

    /// <summary>Workers attached.</summary>
    public int Count { get; private set; }

    /// <summary>Chunks that they take at once, all together.</summary>
    public int Slots
    {
        get
        {
            lock (_gate) return _connections.Values.Sum(connection => connection.Slots);
        }
    }

    /// <summary>Admits a worker, welcomes it and makes it available for chunks.</summary>
    public WorkerConnection Join(Hello hello)
    {
        WorkerConnection connection;
        HandoverReader? handover = options.Handover is { } folder ? HandoverReader.TryOpenWithin(folder.Path, hello.Handover) : null;
        Lane<WorkerMessage, CoordinatorMessage>? lane = handover is null
            ? null
            : LaneDoor.TryKnock<WorkerMessage, CoordinatorMessage>(handover.Folder, new LaneOptions(hello.Name, options.Limits.MessageBytes));
        lock (_gate)
        {
            string name = WorkerNames.MakeUnique(hello.Name, name => _connections.Values.Any(other => other.Name == name));
            connection = new WorkerConnection(
                $"worker-{++_lastId}", name, hello.Device, (int)hello.ChunkSlots, time.GetTimestamp(), hello.Aggregator, hello.Instance, handover, lane);
            _connections.Add(connection.Id, connection);
            Count = _connections.Count;
        }

        logger.Joined(
            connection.Name, connection.Id, hello.Device, hello.DeviceName, hello.TorchVersion, connection.Slots, hello.ProcessId);
        connection.Enqueue(new OutgoingItem.Message(new CoordinatorMessage
        {
            Welcome = new Welcome
            {
                WorkerId = connection.Id,
                HeartbeatMilliseconds = (uint)Math.Ceiling(options.HeartbeatInterval.TotalMilliseconds),
                Lane = lane is not null,
            },
        }));
        dispatcher.Join(connection);
        CountChanged?.Invoke(Count);
        return connection;
    }

    /// <summary>Removes a worker; what it held goes to others.</summary>
    public void Leave(WorkerConnection connection, string reason)
    {
        // In this order: the name is free for another only when nobody knows it any more.
        dispatcher.Leave(connection.Id);
        lock (_gate)
        {
            if (!_connections.Remove(connection.Id)) return;
            Count = _connections.Count;
        }

        logger.Left(connection.Name, reason);
        CountChanged?.Invoke(Count);
    }

    /// <summary>The workers that are attached, in no order.</summary>
    public IReadOnlyList<WorkerConnection> List()
    {
        lock (_gate) return [.. _connections.Values];
    }

    /// <summary>Lets workers go that take nothing in, although they may still say that they live; called every second or so.</summary>
    public void Tick()
    {
        TimeSpan limit = options.HeartbeatInterval * options.MissedHeartbeats;
        foreach (WorkerConnection connection in List())
        {
            if (connection.WritingSince is { } since && time.GetElapsedTime(since) is var stuck && stuck > limit)
                connection.Dismiss($"it has not read its stream for {stuck.TotalSeconds:0.0} s; at most {limit.TotalSeconds:0.0} s are allowed");
        }
    }
}
