using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Where a chunk's time went. Seconds, as its worker says.</summary>
/// <param name="Worker">Who computed it.</param>
/// <param name="SentAt">When its lease was handed to the worker's stream, as a timestamp of the <see cref="TimeProvider"/>; 0 when unknown.</param>
/// <param name="Queued">From arrival to the start of the computation.</param>
/// <param name="Tensors">Drawing the tasks' tensors.</param>
/// <param name="Compute">Inner steps, query loss and meta-gradient.</param>
/// <param name="InnerSteps">Of those, the inner steps.</param>
/// <param name="Query">Of those, the query losses.</param>
/// <param name="MetaGradient">Of those, the meta-gradient.</param>
/// <param name="BytesSent">Bytes of messages to the worker because of it.</param>
/// <param name="BytesReceived">Bytes of the messages of its result.</param>
internal readonly record struct ChunkTrace(
    string Worker,
    long SentAt,
    double Queued,
    double Tensors,
    double Compute,
    double InnerSteps,
    double Query,
    double MetaGradient,
    long BytesSent,
    long BytesReceived)
{
    private const double Longest = 24 * 3600;

    /// <summary>Puts together what both sides know. A worker's numbers are believed only where they can be true.</summary>
    /// <param name="grant">The lease.</param>
    /// <param name="timings">What its worker says; null where it says nothing.</param>
    /// <param name="bytesReceived">Bytes of the messages of its result.</param>
    public static ChunkTrace From(LeaseGrant grant, ChunkTimings? timings, long bytesReceived) => new(
        grant.Worker.Id,
        grant.SentAt,
        Believable(timings?.QueuedSeconds),
        Believable(timings?.SamplingSeconds),
        Believable(timings?.ComputeSeconds),
        Believable(timings?.InnerStepsSeconds),
        Believable(timings?.QuerySeconds),
        Believable(timings?.MetaGradientSeconds),
        grant.BytesSent,
        bytesReceived);

    private static double Believable(float? seconds) => seconds is >= 0 and <= (float)Longest ? seconds.Value : 0;
}
