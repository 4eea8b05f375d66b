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
    AggregatorOptions options, RoundDispatcher dispatcher, WorkerRegistry workers, TimeProvider time, ILogger<UpstreamSession> logger)
{
    // A coordinator that does not close its half after ours is not waited for: nothing it could still say matters.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    // Nobody waits for an aggregator that is sent to another coordinator, but for one group and the next. A lease's default.
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(60);

    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly RunEpochs _epochs = new();
    private readonly RedirectRules _rules = new(options.Coordinator, options.Credentials, options.Serving.InsecureAllowRemote);

    /// <summary>Attaches and relays leases until the stream ends or the aggregator shall leave; leaves in good order.</summary>
    /// <param name="doors">Where the coordinator is, and where others are.</param>
    /// <param name="channel">To the coordinator.</param>
    /// <param name="stopping">Asks the aggregator to leave.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="RpcException">The coordinator is not there, or refuses; never after it has accepted.</exception>
    /// <exception cref="ProtocolException">The coordinator's first message is not what it must be.</exception>
    public async Task<AttachEnd> RunAsync(Doors doors, GrpcChannel channel, CancellationToken stopping)
    {
        using var ending = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = AttachCall.Begin(channel, ending.Token);
        using var news = new CapacityNews(workers);
        CoordinatorMessage answer = await Greeting.PerformAsync(call, Introduce(doors.IsRedirected), time, stopping);
        if (answer.Redirect is { } redirect)
        {
            Uri address = _rules.Read(redirect);
            logger.SentOn(doors.Current, address, redirect.Reason);
            return new AttachEnd.SentOn(address, WasAttached: false);
        }

        logger.Attached(doors.Current, answer.Welcome.WorkerId);

        var outbox = new Outbox();
        var leases = new HeldLeases(new GroupRelay(dispatcher, outbox, logger), ending.Token);
        var inbox = new UpstreamInbox(dispatcher, leases, outbox, _epochs, doors, _rules, logger);
        Task reading = inbox.ReadAllAsync(call.ResponseStream, ending.Token);
        Task writing = outbox.WriteAllAsync(call.RequestStream, ending.Token);
        Task[] all = [reading, writing, news.RunAsync(outbox, ending.Token), BeatAsync(outbox, answer.Welcome, ending.Token)];
        try
        {
            Task waiting = Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            Task first = await Task.WhenAny([waiting, inbox.DrainRequested, inbox.Redirected, .. all]);
            if (first == waiting || first == inbox.DrainRequested)
            {
                string reason = first == waiting ? "the aggregator's process is stopping" : "the coordinator asked for it";
                await DrainAsync(reason, options.DrainTimeout, call, outbox, leases, reading, writing, hurry: CancellationToken.None);
                return new AttachEnd.Left();
            }

            if (first == inbox.Redirected)
            {
                Uri address = await inbox.Redirected;
                await DrainAsync($"the coordinator sends it to {address}", MoveLimit, call, outbox, leases, reading, writing, stopping);
                return new AttachEnd.SentOn(address, WasAttached: true);
            }

            logger.Lost(Explain(first));
            return new AttachEnd.Lost();
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

    private Hello Introduce(bool isRedirected) => new()
    {
        ProtocolVersion = Greeting.ProtocolVersion,
        Name = options.Name,
        SoftwareVersion = typeof(UpstreamSession).Assembly.GetName().Version?.ToString(3) ?? "",
        Device = "none",
        DeviceName = "an aggregator",
        ProcessId = (uint)Environment.ProcessId,
        Aggregator = true,
        ChunkSlots = (uint)workers.Slots,
        Workers = (uint)workers.Count,
        Redirected = isRedirected,
        Instance = _instance,
    };

    private async Task BeatAsync(Outbox outbox, Welcome welcome, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(welcome.HeartbeatMilliseconds), time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await outbox.PostAsync([new WorkerMessage { Heartbeat = new Heartbeat { ResidentBytes = (ulong)Environment.WorkingSet } }], cancellationToken);
    }

    private async Task DrainAsync(
        string reason, TimeSpan longest, AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, Outbox outbox, HeldLeases leases,
        Task reading, Task writing, CancellationToken hurry)
    {
        logger.Draining(reason);
        using var limit = new CancellationTokenSource(longest, time);
        await using CancellationTokenRegistration registration = hurry.Register(() => limit.CancelAfter(options.DrainTimeout));
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
            logger.DrainTimedOut(longest);
        }
        catch (Exception e) when (e is TimeoutException or RpcException or InvalidOperationException)
        {
            logger.Lost(e.Message);
        }
    }
}
