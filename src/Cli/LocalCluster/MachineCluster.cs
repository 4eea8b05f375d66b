using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Handover;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>A coordinator in this process and its workers in processes of their own, all on this machine.</summary>
internal sealed class MachineCluster : IAsyncDisposable
{
    private readonly CoordinatorHost _coordinator;
    private readonly IReadOnlyList<WorkerProcess> _workers;
    private readonly HandoverWriter? _handover;

    private MachineCluster(CoordinatorHost coordinator, IReadOnlyList<WorkerProcess> workers, HandoverWriter? handover)
    {
        _handover = handover;
        _coordinator = coordinator;
        _workers = workers;
        Channel = GrpcChannel.ForAddress(coordinator.Address);
        Failure = FirstFailureAsync(workers);
    }

    /// <summary>To the coordinator's services.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>The processes of the workers that run now.</summary>
    public IReadOnlyList<int> WorkerProcessIds => [.. _workers.Select(worker => worker.ProcessId)];

    /// <summary>Completes, with an exception, only when a worker cannot be kept alive.</summary>
    public Task Failure { get; }

    /// <summary>Starts everything; returns when the coordinator listens, before its workers have attached.</summary>
    /// <exception cref="HostStartException">The coordinator cannot start, because of its port for instance.</exception>
    public static async Task<MachineCluster> StartAsync(LocalClusterOptions options, TimeProvider time, CancellationToken cancellation)
    {
        HandoverWriter? handover = HandoverWriter.TryCreate();
        CoordinatorHost coordinator = await StartCoordinatorAsync(options, handover, cancellation);
        WorkerProcess[] workers =
        [
            .. options.Devices.Select((device, index) =>
            {
                string name = $"worker-{index + 1}";
                return WorkerProcess.Start(WorkerCommandLine.Create(coordinator.Address, name, device, options, handover, index + 1), name, time);
            }),
        ];
        return new MachineCluster(coordinator, workers, handover);
    }

    /// <summary>From now on each worker's log is a file in this folder.</summary>
    public void WriteLogsTo(string directory)
    {
        for (int i = 0; i < _workers.Count; i++) _workers[i].Log.WriteTo(Path.Combine(directory, $"worker-{i + 1}.log"));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask()));
        await _coordinator.DisposeAsync();
        _handover?.Dispose();
    }

    private static async Task<CoordinatorHost> StartCoordinatorAsync(LocalClusterOptions options, HandoverWriter? handover, CancellationToken cancellation)
    {
        try
        {
            return await CoordinatorHost.StartAsync(CreateOptions(options, handover), cancellation);
        }
        catch
        {
            handover?.Dispose();
            throw;
        }
    }

    private static CoordinatorOptions CreateOptions(LocalClusterOptions options, HandoverWriter? handover) => new()
    {
        Port = options.Port,
        RunsDirectory = options.RunsDirectory,
        DataDirectory = options.DataDirectory,
        RecoverRuns = false,
        Monitoring = options.Monitoring,
        Telemetry = options.Telemetry,
        Handover = handover,
        ConfigureLogging = StandardErrorLogging.Configure,
    };

    private static async Task FirstFailureAsync(IEnumerable<WorkerProcess> workers)
    {
        await foreach (Task ended in Task.WhenEach(workers.Select(worker => worker.Supervision))) await ended;
        // All left because they were asked to: nobody must take that for a failure.
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }
}
