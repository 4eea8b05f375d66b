using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Security;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Coordinator.Tests.Aggregation;

/// <summary>Who gets in at an aggregator and where it gets in itself, and the data sets that pass through it.</summary>
public sealed class AggregatorDoorsTests
{
    [Fact]
    public async Task Train_TlsAndTokensOnBothSides_ServesWorkersAndRefusesOthers()
    {
        using var secrets = new Secrets();
        Func<CoordinatorOptions, CoordinatorOptions> secure = Secrets.With(secrets.TlsAndTokens);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(secure, secrets.Client(Role.Operator));
        await using TestAggregator aggregator = await TestAggregator.StartAsync(
            coordinator, workers: 1, secure, secrets.Client(Role.Worker), address => coordinator.Connect(secrets.Client(Role.Worker), address));
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid());
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text + aggregator.Log.Text);

        (await AttachAsync(coordinator, aggregator, secrets.Client(Role.Viewer))).ShouldBe(StatusCode.PermissionDenied);
        (await AttachAsync(coordinator, aggregator, secrets.Client((Role?)null))).ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Start_TokenOfAnotherRole_EndsWithWhatTheCoordinatorSays()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.TlsAndTokens), secrets.Client(Role.Operator));
        await using AggregatorHost host = await AggregatorHost.StartAsync(
            new AggregatorOptions
            {
                Coordinator = coordinator.Address,
                Credentials = secrets.Client(Role.Viewer),
                Serving = new CoordinatorOptions { Port = 0, ConfigureLogging = logging => logging.ClearProviders() },
            },
            default);

        (await Should.ThrowAsync<AggregatorException>(() => host.WaitForShutdownAsync(default))).Message.ShouldContain("needs worker");
    }

    [Fact]
    public async Task Start_BadOptions_NamesAllOfThem()
    {
        var options = new AggregatorOptions
        {
            Coordinator = new Uri("http://192.0.2.1:5100"),
            Name = " ",
            Serving = new CoordinatorOptions { Port = -1, ListenAddress = "0.0.0.0" },
            DrainTimeout = TimeSpan.Zero,
        };

        string message = (await Should.ThrowAsync<HostStartException>(() => AggregatorHost.StartAsync(options, default))).Message;

        foreach (string part in new[] { "192.0.2.1", "Name", "Port", "0.0.0.0", "DrainTimeout" }) message.ShouldContain(part);
    }

    [Fact]
    public async Task Download_DataSetThatOnlyTheCoordinatorHas_PassesThroughAndIsKept()
    {
        string above = "";
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options =>
        {
            above = options.CacheDirectory!;
            return options;
        });
        var dataSet = new ImageDataSet("pictures", ["a", "b"], 3, 2, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)i)]);
        new ImageDataSetCache(above).Store(dataSet);
        await using TestAggregator aggregator = await TestAggregator.StartAsync(coordinator, workers: 0);
        using GrpcChannel channel = GrpcChannel.ForAddress(aggregator.Address);
        var client = new DataSetService.DataSetServiceClient(channel);

        ImageDataSet[] found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DataSetDownload.FetchAsync(dataSet.ContentHash, client, default)));
        found.ShouldAllBe(copy => copy.ContentHash == dataSet.ContentHash);
        RpcException missing = await Should.ThrowAsync<RpcException>(() => DataSetDownload.FetchAsync(new string('0', 64), client, default));
        missing.StatusCode.ShouldBe(StatusCode.NotFound);

        Directory.Delete(above, recursive: true);
        (await DataSetDownload.FetchAsync(dataSet.ContentHash, client, default)).ContentHash.ShouldBe(dataSet.ContentHash, "it is fetched once");
        aggregator.Log.Text.Split("Fetching the data set " + dataSet.ContentHash).Length.ShouldBe(2);
    }

    private static async Task<StatusCode> AttachAsync(TestCoordinator coordinator, TestAggregator aggregator, ClientCredentials credentials)
    {
        using GrpcChannel channel = coordinator.Connect(credentials, aggregator.Address);
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = new WorkerService.WorkerServiceClient(channel).Attach();
        return (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(default))).StatusCode;
    }
}
