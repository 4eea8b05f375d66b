using System.Threading.Channels;
using Maml.Cluster.Protos.V1;
using static Maml.Cluster.Protos.Health.V1.HealthCheckResponse.Types;

namespace Maml.Cluster.Worker.Health;

/// <summary>
/// The state of the worker for those who ask: the process as a whole serves for as long as it runs, so that nobody restarts a worker
/// for its coordinator's absence; <c>maml.v1.WorkerService</c> serves while the worker is attached.
/// </summary>
internal sealed class WorkerHealth
{
    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<ServingStatus>> _watchers = [];
    private bool _isAttached;

    /// <summary>The service whose state tells whether the worker is attached.</summary>
    public static string AttachmentService => WorkerService.Descriptor.FullName;

    /// <summary>Says whether the worker is attached.</summary>
    public void SetAttached(bool isAttached)
    {
        lock (_gate)
        {
            if (_isAttached == isAttached) return;
            _isAttached = isAttached;
            foreach (ChannelWriter<ServingStatus> watcher in _watchers) watcher.TryWrite(AttachmentStatus());
        }
    }

    /// <summary>The state of a service; <see cref="ServingStatus.ServiceUnknown"/> for others than the two.</summary>
    public ServingStatus Check(string service)
    {
        lock (_gate)
        {
            return service.Length == 0 ? ServingStatus.Serving : service == AttachmentService ? AttachmentStatus() : ServingStatus.ServiceUnknown;
        }
    }

    /// <summary>Every change of the attachment's state from now on, with the state now as the first.</summary>
    /// <returns>The states, and what ends the watch.</returns>
    public (ChannelReader<ServingStatus> Changes, IDisposable Subscription) WatchAttachment()
    {
        var changes = Channel.CreateUnbounded<ServingStatus>();
        lock (_gate)
        {
            changes.Writer.TryWrite(AttachmentStatus());
            _watchers.Add(changes.Writer);
        }

        return (changes.Reader, new Subscription(this, changes.Writer));
    }

    private ServingStatus AttachmentStatus() => _isAttached ? ServingStatus.Serving : ServingStatus.NotServing;

    private sealed class Subscription(WorkerHealth health, ChannelWriter<ServingStatus> watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (health._gate) health._watchers.Remove(watcher);
        }
    }
}
