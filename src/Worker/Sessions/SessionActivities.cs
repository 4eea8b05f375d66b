using Grpc.Core;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>The loops of a session; none of them ends while all is well.</summary>
/// <param name="Reading">Takes in the coordinator's messages.</param>
/// <param name="Writing">Writes the worker's messages.</param>
/// <param name="Computing">Computes chunks.</param>
/// <param name="Beating">Posts heartbeats.</param>
internal sealed record SessionActivities(Task Reading, Task Writing, Task Computing, Task Beating)
{
    private Task[] All => [Reading, Writing, Computing, Beating];

    /// <summary>Waits until a loop ends or the worker shall leave.</summary>
    /// <param name="drainRequested">Completes with the reason when the coordinator wants the worker to leave.</param>
    /// <param name="redirected">Completes with an address when the coordinator wants the worker to go there.</param>
    /// <param name="stopping">Cancelled when this process wants to.</param>
    /// <returns>Why to leave; null when a loop ended.</returns>
    public async Task<string?> WhenAnyEndsOrAsync(Task<string> drainRequested, Task<Uri> redirected, CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stopping.Register(() => stopped.TrySetResult());
        Task first = await Task.WhenAny([drainRequested, redirected, stopped.Task, .. All]);
        if (first == drainRequested) return $"the coordinator asked for it: {await drainRequested}";
        if (first == redirected) return $"the coordinator sends it to {await redirected}";
        return first == stopped.Task ? "the worker's process is stopping" : null;
    }

    /// <summary>Waits a moment for the end of reading, which knows best why the others ended.</summary>
    public Task WhenReadingEndsAsync(TimeSpan limit, TimeProvider time) => Task.WhenAny(Reading, Task.Delay(limit, time));

    /// <summary>Why a loop ended, if by a fault. The stream's own fault explains those of the others, so it comes first.</summary>
    public string? FirstFault() => All.FirstOrDefault(task => task.IsFaulted)?.Exception?.InnerException switch
    {
        RpcException e => $"{e.StatusCode}: {e.Status.Detail}",
        { } e => e.Message,
        null => null,
    };

    /// <summary>Waits for all loops to end after they were cancelled; how they end is of no interest then.</summary>
    public async Task SettleAsync()
    {
        foreach (Task task in All) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
