using System.Diagnostics;
using Grpc.Core;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>
/// The one writer of a worker's stream. It knows what the worker has got, so that a run's specification and each version of θ
/// are sent once, just before the first chunk that needs them.
/// </summary>
/// <param name="connection">The worker.</param>
/// <param name="call">The stream of its call.</param>
/// <param name="metrics">Counts bytes.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Cancelled when no more messages shall be sent.</param>
/// <param name="broken">Cancelled when the message that is on its way shall be given up, which resets the stream.</param>
internal sealed class WorkerStreamWriter(
    WorkerConnection connection, IServerStreamWriter<CoordinatorMessage> call, ChunkMetrics metrics, TimeProvider time, CancellationToken ended,
    CancellationToken broken)
{
    private static readonly WriteOptions Flushed = new();
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);

    private readonly Dictionary<string, ulong> _versions = [];

    /// <summary>Sends what is queued, as it comes.</summary>
    public async Task RunAsync()
    {
        try
        {
            await foreach (OutgoingItem item in connection.Queue.ReadAllAsync(ended))
            {
                // What waits leaves together. A run that is forgotten may have nothing to send, so nothing may wait for it.
                bool isFollowed = connection.Queue.TryPeek(out OutgoingItem? next) && next is not OutgoingItem.Forget;
                await SendAsync(item, isFollowed ? Buffered : Flushed);
            }
        }
        finally
        {
            connection.CloseQueue();
        }
    }

    private async Task SendAsync(OutgoingItem item, WriteOptions options)
    {
        switch (item)
        {
            case OutgoingItem.Message message:
                await WriteAsync(message.Content, options);
                break;
            case OutgoingItem.Lease lease:
                long bytes = await SendNeedsAsync(lease) + lease.Content.CalculateSize();
                lease.Grant.Send(time.GetTimestamp(), bytes);
                metrics.Sent(bytes);
                await WriteAsync(lease.Content, options);
                break;
            case OutgoingItem.Forget forget:
                if (_versions.Remove(forget.RunId))
                    await WriteAsync(new CoordinatorMessage { Forgotten = new RunForgotten { RunId = forget.RunId } }, options);
                break;
        }
    }

    private async Task<long> SendNeedsAsync(OutgoingItem.Lease lease)
    {
        try
        {
            return await SendNeedsAsync(lease.Grant.Round);
        }
        finally
        {
            lease.Work.Parameters.Release();
        }
    }

    // The bytes that it took.
    private async Task<long> SendNeedsAsync(Round round)
    {
        RoundWork work = round.Work;
        long bytes = 0;
        string runId = work.Run.RunId;
        if (!_versions.TryGetValue(runId, out ulong version))
        {
            bytes += work.Run.Specification.CalculateSize();
            await WriteAsync(work.Run.Specification, Buffered);
        }

        if (version == work.Parameters.Version) return bytes;

        // A small θ leaves in one packet with its chunk; a large one is flushed piece by piece, so that it does not pile up here.
        using Activity? span = CoordinatorTracing.Start("broadcast", ActivityKind.Producer, round.Trace)?.SetTag("maml.worker", connection.Name);
        IReadOnlyList<CoordinatorMessage> frames = (connection.Handover is null ? null : work.Parameters.NamedFrames) ?? work.Parameters.Frames;
        WriteOptions options = frames.Count == 1 ? Buffered : Flushed;
        foreach (CoordinatorMessage frame in frames)
        {
            bytes += frame.CalculateSize();
            await WriteAsync(frame, options);
        }

        _versions[runId] = work.Parameters.Version;
        return bytes;
    }

    private async Task WriteAsync(CoordinatorMessage message, WriteOptions options)
    {
        ended.ThrowIfCancellationRequested();

        // The welcome says whether the rest comes by the lane.
        bool isWelcome = message.Welcome is not null;
        IAsyncStreamWriter<CoordinatorMessage> stream = isWelcome || connection.Lane is null ? call : connection.Lane.Writer;
        stream.WriteOptions = isWelcome ? Flushed : options;
        connection.BeginWrite(time.GetTimestamp());
        await stream.WriteAsync(message, broken);
        connection.EndWrite();
    }
}
