using System.Diagnostics;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>
/// A client that follows a run to its end, as a Kubernetes service leads it: to another coordinator when its own has gone. Any other
/// error reaches it.
/// </summary>
internal sealed class RunWatcher : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<(ulong Iteration, long At)> _seen = [];

    public RunWatcher(string runId, params RunService.RunServiceClient[] clients) => Ended = FollowAsync(runId, clients);

    /// <summary>The run at its end; fails with whatever error reached the client.</summary>
    public Task<Run> Ended { get; }

    /// <summary>The newest iteration.</summary>
    public ulong Iteration
    {
        get { lock (_seen) return _seen.Count == 0 ? 0 : _seen[^1].Iteration; }
    }

    /// <summary>Iterations that were made more than once.</summary>
    public int Repeated
    {
        get { lock (_seen) return _seen.Count - _seen.Select(seen => seen.Iteration).Distinct().Count(); }
    }

    /// <summary>Waits until an iteration is made.</summary>
    public async Task WaitForAsync(ulong iteration, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (Iteration < iteration)
        {
            if (Ended.IsCompleted) await Ended;
            if (watch.Elapsed > limit) throw new TimeoutException($"The run stood at iteration {Iteration} and not {iteration} after {limit}.");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until iterations go on after a moment, and says how long that took.</summary>
    public async Task<TimeSpan> WaitForNextAsync(long since, TimeSpan limit)
    {
        while (true)
        {
            lock (_seen)
            {
                if (_seen.Count > 0 && _seen[^1].At > since) return Stopwatch.GetElapsedTime(since, _seen.First(seen => seen.At > since).At);
            }

            if (Ended.IsCompleted) await Ended;
            if (Stopwatch.GetElapsedTime(since) > limit) throw new TimeoutException($"The run stood at iteration {Iteration} for {limit}.");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task<Run> FollowAsync(string runId, RunService.RunServiceClient[] clients)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await FollowAsync(runId, clients[attempt % clients.Length]);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && clients.Length > 1)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), _end.Token);
            }
        }
    }

    private async Task<Run> FollowAsync(string runId, RunService.RunServiceClient client)
    {
        using AsyncServerStreamingCall<RunEvent> call = client.WatchRun(new WatchRunRequest { RunId = runId }, cancellationToken: _end.Token);
        Run? run = null;
        await foreach (RunEvent next in call.ResponseStream.ReadAllAsync(_end.Token))
        {
            if (next.Run is { } changed) run = changed;
            if (next.Iteration is not { } iteration) continue;
            lock (_seen) _seen.Add((iteration.Iteration, Stopwatch.GetTimestamp()));
        }

        return run ?? throw new InvalidOperationException("The watch ended before it began.");
    }
}
