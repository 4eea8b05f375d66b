using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Groups;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Holds one stream to the coordinator above, from hello to its end.</summary>
internal sealed class UpstreamSession(
    AggregatorOptions options, GrpcChannel channel, RoundDispatcher dispatcher, WorkerRegistry workers, TimeProvider time, ILogger<UpstreamSession> logger)
{
    private const uint ProtocolVersion = 1;

    // A coordinator that does not close its half after ours is not waited for: nothing it could still say matters.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    /// <summary>Attaches and relays leases until the stream ends or the aggregator shall leave; leaves in good order.</summary>
    /// <param name="stopping">Asks the aggregator to leave.</param>
    /// <returns>Whether it has left in good order; false when the stream ended.</returns>
    /// <exception cref="RpcException">The coordinator is not there, or refuses; never after it has accepted.</exception>
    /// <exception cref="ProtocolException">The coordinator's first message is not what it must be.</exception>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        using var ending = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = AttachCall.Begin(channel, ending.Token);
        using var news = new CapacityNews(workers);
        Welcome welcome = await GreetAsync(call, stopping);
        logger.Attached(options.Coordinator, welcome.WorkerId);

        var outbox = new Outbox();
        var leases = new HeldLeases(new GroupRelay(dispatcher, outbox, logger), ending.Token);
        var inbox = new UpstreamInbox(dispatcher, leases, outbox, logger);
        Task reading = inbox.ReadAllAsync(call.ResponseStream, ending.Token);
        Task writing = outbox.WriteAllAsync(call.RequestStream, ending.Token);
        Task[] all = [reading, writing, news.RunAsync(outbox, ending.Token), BeatAsync(outbox, welcome, ending.Token)];
        try
        {
            Task waiting = Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            Task first = await Task.WhenAny([waiting, inbox.DrainRequested, .. all]);
            if (first != waiting && first != inbox.DrainRequested)
            {
                logger.Lost(Explain(first));
                return false;
            }

            await DrainAsync(first == waiting ? "the aggregator's process is stopping" : "the coordinator asked for it", call, outbox, leases, reading, writing);
            return true;
        }
        finally
        {
            outbox.Close();
            await ending.CancelAsync();
            foreach (Task task in all) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await leases.SettleAsync();
            inbox.Forget();
        }
    }

    private static string Explain(Task ended) => ended.Exception?.InnerException switch
    {
        RpcException e => $"{e.StatusCode}: {e.Status.Detail}",
        { } e => e.Message,
        null => "it ended the stream",
    };

    private async Task<Welcome> GreetAsync(AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(new WorkerMessage { Hello = Introduce() }, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // A coordinator may refuse before it has read; its answer says why, and this does not.
        }

        if (!await call.ResponseStream.MoveNext(cancellationToken)) throw new ProtocolException("The coordinator ended the stream without a welcome.");
        return call.ResponseStream.Current is { MessageCase: CoordinatorMessage.MessageOneofCase.Welcome, Welcome: { HeartbeatMilliseconds: > 0 } welcome }
            ? welcome
            : throw new ProtocolException($"The coordinator's first message is {call.ResponseStream.Current.MessageCase}; expected Welcome, with a heartbeat.");
    }

    private Hello Introduce() => new()
    {
        ProtocolVersion = ProtocolVersion,
        Name = options.Name,
        SoftwareVersion = typeof(UpstreamSession).Assembly.GetName().Version?.ToString(3) ?? "",
        Device = "none",
        DeviceName = "an aggregator",
        ProcessId = (uint)Environment.ProcessId,
        Aggregator = true,
        ChunkSlots = (uint)workers.Slots,
        Workers = (uint)workers.Count,
    };

    private async Task BeatAsync(Outbox outbox, Welcome welcome, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(welcome.HeartbeatMilliseconds), time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await outbox.PostAsync([new WorkerMessage { Heartbeat = new Heartbeat { ResidentBytes = (ulong)Environment.WorkingSet } }], cancellationToken);
    }

    private async Task DrainAsync(
        string reason, AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, Outbox outbox, HeldLeases leases, Task reading, Task writing)
    {
        logger.Draining(reason);
        using var limit = new CancellationTokenSource(options.DrainTimeout, time);
        try
        {
            await outbox.PostAsync([new WorkerMessage { Draining = new WorkerDraining { Reason = reason } }], limit.Token);
            await leases.SettleAsync().WaitAsync(limit.Token);
            outbox.Close();
            await writing.WaitAsync(limit.Token);
            await call.RequestStream.CompleteAsync();
            await reading.WaitAsync(FarewellLimit, time, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            logger.DrainTimedOut(options.DrainTimeout);
        }
        catch (Exception e) when (e is TimeoutException or RpcException or InvalidOperationException)
        {
            logger.Lost(e.Message);
        }
    }
}
