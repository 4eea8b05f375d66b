using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.EndToEnd.Adversity;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>Three coordinators that share their runs, two workers, and a PostgreSQL, all as processes.</summary>
internal sealed class CoordinatorCluster : IAsyncDisposable
{
    private const int Coordinators = 3;
    private const int Workers = 2;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly string[][] _commands;
    private readonly MamlProcess[] _coordinators;
    private readonly List<MamlProcess> _workers = [];
    private readonly List<string> _before = [];
    private readonly GrpcChannel[] _channels;

    private CoordinatorCluster(PostgresServer server, string connection)
    {
        Server = server;
        Connection = connection;
        string connectionFile = _folder.File("connection");
        File.WriteAllText(connectionFile, connection);
        int[] ports = [.. Enumerable.Range(0, Coordinators).Select(_ => FreePort.Find())];
        _commands =
        [
            .. ports.Select((port, index) => new[]
            {
                "coordinator", "--port", $"{port}", "--runs", RunsOf(index), "--set", "cluster.kind=orleans", "--set", $"cluster.siloPort={FreePort.Find()}",
                "--set", $"database.connectionFile={connectionFile}",
            }),
        ];
        _coordinators = [.. _commands.Select(command => MamlProcess.Start(command))];
        _channels = [.. ports.Select(port => GrpcChannel.ForAddress($"http://127.0.0.1:{port}"))];
        for (int worker = 0; worker < Workers; worker++)
            _workers.Add(MamlProcess.Start("worker", "--coordinator", $"http://127.0.0.1:{ports[worker]}", "--name", $"worker-{worker + 1}"));
    }

    public PostgresServer Server { get; }

    /// <summary>Leads to the coordinators' database.</summary>
    public string Connection { get; }

    /// <summary>Starts all of them, and waits until every coordinator serves.</summary>
    public static async Task<CoordinatorCluster> StartAsync()
    {
        PostgresServer server = await PostgresServer.StartAsync();
        string connection = await server.CreateDatabaseAsync();
        (await MamlProcess.RunAsync("cluster", "init", "--connection", connection)).ShouldSucceed();
        var cluster = new CoordinatorCluster(server, connection);
        for (int index = 0; index < Coordinators; index++) await cluster.WaitUntilServingAsync(index);
        return cluster;
    }

    /// <summary>Calls a coordinator.</summary>
    public RunService.RunServiceClient Client(int index) => new(_channels[index]);

    /// <summary>Which coordinators there are beside one.</summary>
    public static IEnumerable<int> Others(int index) => Enumerable.Range(0, Coordinators).Where(other => other != index);

    /// <summary>Which coordinator works on a run; null where none does.</summary>
    public async Task<int?> FindOwnerAsync(string runId)
    {
        for (int index = 0; index < Coordinators; index++)
        {
            try
            {
                // As from another coordinator: it tells of its own runs only.
                ListRunsResponse own = await Client(index).ListRunsAsync(
                    new ListRunsRequest(), new Metadata { { "maml-forwarded", "test" } }, deadline: DateTime.UtcNow.AddSeconds(1));
                if (own.Runs.Any(run => run.RunId == runId && run.State is RunState.Running or RunState.WaitingForWorkers)) return index;
            }
            catch (RpcException)
            {
                // It is not there.
            }
        }

        return null;
    }

    public void Signal(int index, string signal) => _coordinators[index].Signal(signal);

    /// <summary>Waits for a coordinator's end.</summary>
    public Task<MamlResult> WaitForEndAsync(int index, TimeSpan limit) => _coordinators[index].WaitAsync(limit);

    /// <summary>Starts a coordinator again, in the place of one that has ended or is ended now.</summary>
    public async Task StartAgainAsync(int index)
    {
        _before.Add($"== coordinator {index}, before{Environment.NewLine}{_coordinators[index].Errors}");
        await _coordinators[index].DisposeAsync();
        _coordinators[index] = MamlProcess.Start(_commands[index]);
        await WaitUntilServingAsync(index);
    }

    /// <summary>The folder of runs of a coordinator.</summary>
    public string RunsOf(int index) => _folder.File($"runs-{index}");

    /// <summary>What everybody has said.</summary>
    public string Everything() => string.Join(Environment.NewLine,
    [
        .. _before,
        .. _coordinators.Select((process, index) => $"== coordinator {index}{Environment.NewLine}{process.Errors}"),
        .. _workers.Select((process, index) => $"== worker {index}{Environment.NewLine}{process.Errors}"),
    ]);

    public async ValueTask DisposeAsync()
    {
        foreach (GrpcChannel channel in _channels) channel.Dispose();
        foreach (MamlProcess process in _workers.Concat(_coordinators)) await process.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private Task WaitUntilServingAsync(int index) => _coordinators[index].WaitForTextAsync("Ctrl-C stops it", StartLimit);
}
