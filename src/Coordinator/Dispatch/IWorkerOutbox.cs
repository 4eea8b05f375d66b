namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A worker as something to hand work to.</summary>
internal interface IWorkerOutbox
{
    /// <summary>Identifier of the attachment; never used twice.</summary>
    string Id { get; }

    /// <summary>A name for people.</summary>
    string Name { get; }

    /// <summary>Its device as PyTorch names it.</summary>
    string Device { get; }

    /// <summary>Chunks that it took at once when it joined.</summary>
    int Slots { get; }

    /// <summary>Whether it takes whole groups of chunks.</summary>
    bool IsAggregator { get; }

    /// <summary>When a message came last, as a timestamp of the <see cref="TimeProvider"/>.</summary>
    long LastSeen { get; }

    /// <summary>Queues something to be sent; never blocks. A worker that does not keep up is let go.</summary>
    void Enqueue(OutgoingItem item);

    /// <summary>Lets the worker go; never blocks. What it held has gone to others.</summary>
    /// <param name="reason">Why, for people.</param>
    void Dismiss(string reason);
}
