using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.EndToEnd.Adversity;
using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>Three coordinators that share their runs and let in whom they know only, over TLS, and a PostgreSQL, all as processes.</summary>
internal sealed class ClosedCluster : IAsyncDisposable
{
    private const int Coordinators = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _server;
    private readonly int[] _ports = [.. Enumerable.Range(0, Coordinators).Select(_ => FreePort.Find())];
    private readonly MamlProcess[] _coordinators;
    private readonly List<MamlProcess> _workers = [];
    private readonly List<GrpcChannel> _channels = [];

    private ClosedCluster(PostgresServer server, string connection, ShownBy shownBy)
    {
        _server = server;
        Secrets = new ClusterSecrets(shownBy);
        File.WriteAllText(_folder.File("connection"), connection);
        _coordinators = [.. _ports.Select((port, index) => MamlProcess.Start([.. CommandOf(port, $"runs-{index}"), .. Secrets.Coordinator, .. Secrets.Silo]))];
    }

    public ClusterSecrets Secrets { get; }

    /// <summary>Starts all of them, and waits until every coordinator serves.</summary>
    public static async Task<ClosedCluster> StartAsync(ShownBy shownBy)
    {
        PostgresServer server = await PostgresServer.StartAsync();
        string connection = await server.CreateDatabaseAsync();
        (await MamlProcess.RunAsync("cluster", "init", "--connection", connection)).ShouldSucceed();
        var cluster = new ClosedCluster(server, connection, shownBy);
        foreach (MamlProcess coordinator in cluster._coordinators) await coordinator.WaitForTextAsync("Ctrl-C stops it", StartLimit);
        return cluster;
    }

    /// <summary>Where a coordinator is dialled.</summary>
    public Uri AddressOf(int index) => new($"https://127.0.0.1:{_ports[index]}");

    /// <summary>Somebody's connection to a coordinator.</summary>
    public CallInvoker Dial(int index, ClientCredentials credentials)
    {
        var channel = GrpcChannel.ForAddress(AddressOf(index), new GrpcChannelOptions
        {
            HttpHandler = CoordinatorHandler.Create(credentials, insecureAllowRemote: false, new SilentReports(), TimeProvider.System),
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return channel.CreateCallInvoker();
    }

    /// <summary>The runs of a coordinator, for somebody with a role.</summary>
    public RunService.RunServiceClient Runs(int index, Role role) => new(Dial(index, Secrets.Client(role)));

    /// <summary>Starts a coordinator that has all that the others have, but no certificate for its silo.</summary>
    public MamlProcess StartIntruder() => MamlProcess.Start([.. CommandOf(FreePort.Find(), "runs-of-the-intruder"), .. Secrets.Coordinator]);

    /// <summary>Starts a worker that is told of one coordinator.</summary>
    public MamlProcess StartWorker(int index)
    {
        _workers.Add(MamlProcess.Start(["worker", "--coordinator", $"{AddressOf(index)}", "--name", $"worker-{_workers.Count + 1}", .. Secrets.Worker]));
        return _workers[^1];
    }

    /// <summary>What everybody has said.</summary>
    public string Everything() => string.Join(Environment.NewLine,
    [
        .. _coordinators.Select((process, index) => $"== coordinator {index}{Environment.NewLine}{process.Errors}"),
        .. _workers.Select((process, index) => $"== worker {index + 1}{Environment.NewLine}{process.Errors}"),
    ]);

    public async ValueTask DisposeAsync()
    {
        foreach (GrpcChannel channel in _channels) channel.Dispose();
        foreach (MamlProcess process in _workers.Concat(_coordinators)) await process.DisposeAsync();
        await _server.DisposeAsync();
        Secrets.Dispose();
        _folder.Dispose();
    }

    private string[] CommandOf(int port, string runs) =>
    [
        "coordinator", "--port", $"{port}", "--runs", _folder.File(runs), "--set", "cluster.kind=orleans", "--set", $"cluster.siloPort={FreePort.Find()}",
        "--set", $"database.connectionFile={_folder.File("connection")}",
    ];
}
