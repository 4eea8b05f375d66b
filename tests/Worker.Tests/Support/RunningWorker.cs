using Maml.Cluster.Worker.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>A worker in the test's process, with a cache folder of its own.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public RunningWorker(Uri coordinator, Func<WorkerOptions, WorkerOptions>? change = null)
    {
        var options = new WorkerOptions
        {
            Coordinator = coordinator,
            Name = "tester",
            CacheDirectory = CacheDirectory,
            DrainTimeout = Attachment.Patience,
            MaximumReconnectDelay = TimeSpan.FromSeconds(1),
        };
        Completion = WorkerHost.RunAsync(change?.Invoke(options) ?? options, NullLoggerFactory.Instance, TimeProvider.System, _stopping.Token);
    }

    public string CacheDirectory { get; } = Directory.CreateTempSubdirectory("maml-worker-tests-").FullName;

    /// <summary>Ends when the worker does.</summary>
    public Task Completion { get; }

    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Completion.WaitAsync(Attachment.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        Directory.Delete(CacheDirectory, recursive: true);
    }
}
