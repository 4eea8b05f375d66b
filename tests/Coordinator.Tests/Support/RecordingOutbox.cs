using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A worker that keeps what it is sent.</summary>
internal sealed class RecordingOutbox(string id, TimeProvider time, int slots = 1) : IWorkerOutbox
{
    public string Id => id;

    public string Name => $"name of {id}";

    public string Device => "cpu";

    public int Slots => slots;

    public bool IsAggregator => false;

    public long LastSeen { get; set; } = time.GetTimestamp();

    public List<ulong> Leases { get; } = [];

    public List<ChunkLease> Granted { get; } = [];

    public List<ChunkLease> Forecasts { get; } = [];

    public List<ulong> Revoked { get; } = [];

    public string? Dismissal { get; private set; }

    public void Enqueue(OutgoingItem item)
    {
        if (item is OutgoingItem.Lease lease)
        {
            Leases.Add(lease.Content.Chunk.LeaseId);
            Granted.Add(lease.Content.Chunk);
        }
        else if (item is OutgoingItem.Message { Content.Forecast: { } forecast })
        {
            Forecasts.Add(forecast);
        }
        else if (item is OutgoingItem.Message { Content.Revoked: { } revoked })
        {
            Revoked.Add(revoked.LeaseId);
        }
    }

    public void Dismiss(string reason) => Dismissal = reason;
}
