namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A worker as something to hand work to.</summary>
internal interface IWorkerOutbox
{
    /// <summary>Identifier of the attachment; never used twice.</summary>
    string Id { get; }

    /// <summary>A name for people.</summary>
    string Name { get; }

    /// <summary>Chunks that it takes at once.</summary>
    int Slots { get; }

    /// <summary>Queues something to be sent; never blocks. A worker that does not keep up is let go.</summary>
    void Enqueue(OutgoingItem item);
}
