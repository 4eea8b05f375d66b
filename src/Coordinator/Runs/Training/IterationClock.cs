using System.Runtime.InteropServices;
using Maml.Cluster.Coordinator.Dispatch;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>
/// Measures one iteration after the other; each method says that a part of the iteration has just ended. Allocates only for a
/// worker that it has not seen in the iteration before.
/// </summary>
internal sealed class IterationClock(TimeProvider time)
{
    private readonly Dictionary<string, WorkerShare> _workers = [];
    private long _began;
    private long _sampled;
    private long _sampledAhead;
    private long _received;
    private long _reduced;
    private long _updated;
    private long _bytesSent;
    private long _bytesReceived;

    /// <summary>An iteration begins.</summary>
    public void Begin()
    {
        _workers.Clear();
        (_bytesSent, _bytesReceived) = (0, 0);
        _began = time.GetTimestamp();
    }

    /// <summary>Its tasks are drawn, and its round begins.</summary>
    public void Sampled() => _received = _sampled = time.GetTimestamp();

    /// <summary>The next iteration's tasks are drawn.</summary>
    public void SampledAhead() => _sampledAhead = time.GetTimestamp();

    /// <summary>A result is taken in.</summary>
    public void Received(in ChunkTrace chunk)
    {
        _received = time.GetTimestamp();
        CollectionsMarshal.GetValueRefOrAddDefault(_workers, chunk.Worker ?? "", out _).Add(chunk, _sampled, _received);
        _bytesSent += chunk.BytesSent;
        _bytesReceived += chunk.BytesReceived;
    }

    /// <summary>The meta-gradient is averaged and clipped.</summary>
    public void Reduced() => _reduced = time.GetTimestamp();

    /// <summary>θ is updated.</summary>
    public void Updated() => _updated = time.GetTimestamp();

    /// <summary>The new θ can be sent: the iteration is over.</summary>
    public IterationTimings Published()
    {
        long now = time.GetTimestamp();
        var timings = new IterationTimings
        {
            Iteration = Seconds(_began, now),
            Sample = Seconds(_began, _sampled),
            SampleAhead = Seconds(_sampled, _sampledAhead),
            Round = Seconds(_sampled, _received),
            Reduce = Seconds(_received, _reduced),
            Update = Seconds(_reduced, _updated),
            Publish = Seconds(_updated, now),
            Workers = _workers.Count,
            BytesSent = _bytesSent,
            BytesReceived = _bytesReceived,
        };
        foreach (WorkerShare worker in _workers.Values) timings = With(timings, worker, 1.0 / _workers.Count);
        return timings;
    }

    private IterationTimings With(in IterationTimings sum, in WorkerShare worker, double weight) => sum with
    {
        Send = sum.Send + (weight * Seconds(_sampled, worker.FirstSent)),
        Queue = sum.Queue + (weight * worker.Queued),
        Tensors = sum.Tensors + (weight * worker.Tensors),
        Compute = sum.Compute + (weight * worker.Compute),
        InnerSteps = sum.InnerSteps + (weight * worker.InnerSteps),
        Query = sum.Query + (weight * worker.Query),
        MetaGradient = sum.MetaGradient + (weight * worker.MetaGradient),
        Gather = sum.Gather + (weight * (Seconds(worker.FirstSent, worker.LastReceived) - worker.Queued - worker.Tensors - worker.Compute)),
        Idle = sum.Idle + (weight * Seconds(worker.LastReceived, _received)),
    };

    private double Seconds(long from, long to) => time.GetElapsedTime(from, to).TotalSeconds;
}
