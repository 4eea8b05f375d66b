using System.Threading.Channels;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Tells the coordinator how much the aggregator's workers can hold, whenever one of them comes or goes.</summary>
internal sealed class CapacityNews : IDisposable
{
    private readonly WorkerRegistry _workers;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Begins to listen; what changes before <see cref="RunAsync"/> is told then.</summary>
    public CapacityNews(WorkerRegistry workers)
    {
        _workers = workers;
        workers.CountChanged += Note;
    }

    /// <summary>Posts what is behind the aggregator at each change until cancelled.</summary>
    public async Task RunAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        await foreach (bool _ in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            var capacity = new Capacity { ChunkSlots = (uint)_workers.Slots, Workers = (uint)_workers.Count };
            await outbox.PostAsync([new WorkerMessage { Capacity = capacity }], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.CountChanged -= Note;

    private void Note(int count) => _changes.Writer.TryWrite(true);
}
