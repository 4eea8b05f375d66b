using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>A coordinator and workers as long-running processes, each of which can be killed and started again at any time.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _runs = new();
    private readonly string[][] _commands;
    private readonly MamlProcess[] _processes;
    private readonly GrpcChannel _channel;
    private readonly RunService.RunServiceClient _client;

    private ProcessCluster(int port, Uri dialled, int workers)
    {
        _commands =
        [
            ["coordinator", "--port", $"{port}", "--runs", _runs.Path, "--data", Omniglot.Folder],
            .. Enumerable.Range(1, workers).Select(worker =>
                new[] { "worker", "--coordinator", dialled.ToString(), "--name", $"worker-{worker}", "--data", Omniglot.Folder }),
        ];
        _processes = [.. _commands.Select(command => MamlProcess.Start(command))];
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        _client = new RunService.RunServiceClient(_channel);
    }

    /// <summary>How many processes there are; the coordinator is number 0.</summary>
    public int Count => _processes.Length;

    /// <summary>Starts all processes.</summary>
    /// <param name="port">Where the coordinator listens.</param>
    /// <param name="dialled">Where the workers dial: the coordinator itself, or what stands between.</param>
    /// <param name="workers">How many.</param>
    public static ProcessCluster Start(int port, Uri dialled, int workers) => new(port, dialled, workers);

    /// <summary>What to call a process.</summary>
    public static string NameOf(int process) => process == 0 ? "coordinator" : $"worker-{process}";

    /// <summary>Starts a run as soon as the coordinator listens.</summary>
    public async Task<string> StartRunAsync(StartRunRequest request, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (true)
        {
            try
            {
                return (await _client.StartRunAsync(request, cancellationToken: timeout.Token)).RunId;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), timeout.Token);
            }
        }
    }

    /// <summary>The run as it is now; null while the coordinator is not there.</summary>
    public async Task<Run?> TryGetAsync(string runId)
    {
        try
        {
            return await _client.GetRunAsync(new GetRunRequest { RunId = runId }, deadline: DateTime.UtcNow.AddSeconds(5));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal)
        {
            return null;
        }
    }

    /// <summary>Sends a signal to a process.</summary>
    public void Signal(int process, string signal) => _processes[process].Signal(signal);

    /// <summary>Memory that a process holds, as the system counts it.</summary>
    public long ResidentBytes(int process)
    {
        string line = File.ReadLines($"/proc/{_processes[process].Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>Kills a process without warning and starts it again.</summary>
    public async Task KillAndStartAgainAsync(int process)
    {
        _processes[process].Signal("KILL");
        await _processes[process].DisposeAsync();
        _processes[process] = MamlProcess.Start(_commands[process]);
    }

    /// <summary>What all processes have said since they were started last.</summary>
    public string Everything() => string.Join(
        Environment.NewLine, _processes.Select((process, index) => $"== {NameOf(index)}{Environment.NewLine}{process.Output}{process.Errors}"));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        foreach (MamlProcess process in _processes) await process.DisposeAsync();
        _runs.Dispose();
    }
}
