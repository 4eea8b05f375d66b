using Grpc.Net.Client;
using Maml.Cluster.Aggregator.DataSets;
using Maml.Cluster.Aggregator.Upstream;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Hosting;

/// <summary>What an aggregator consists of: a coordinator's part that serves workers, and a worker's part that attaches to a coordinator.</summary>
internal static class AggregatorServices
{
    /// <summary>Adds the parts.</summary>
    public static IServiceCollection AddAggregator(this IServiceCollection services, AggregatorOptions options, CoordinatorProbes probes)
    {
        services.AddWorkers(options.Serving, probes);
        services.AddSingleton(options);
        services.AddSingleton<UpstreamReports>();
        services.AddSingleton(provider => new AttachChannels<GrpcChannel>(options.Coordinator, address => CreateChannel(provider, options, address)));
        services.AddSingleton<IDataSetShelf, RelayedDataSets>();
        services.AddSingleton<UpstreamSession>();
        services.AddSingleton<UpstreamLoop>();
        return services;
    }

    /// <summary>Maps the services that workers call; runs are the coordinator's.</summary>
    public static void MapAggregator(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<WorkerEndpoint>();
        routes.MapGrpcService<DataSetEndpoint>();
    }

    private static GrpcChannel CreateChannel(IServiceProvider services, AggregatorOptions options, Uri address) =>
        GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
            DisposeHttpClient = true,
            HttpHandler = CoordinatorHandler.Create(
                options.Credentials,
                options.Serving.InsecureAllowRemote,
                services.GetRequiredService<UpstreamReports>(),
                services.GetRequiredService<TimeProvider>()),
        });
}
