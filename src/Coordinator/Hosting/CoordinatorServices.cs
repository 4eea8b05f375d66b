using Grpc.AspNetCore.Server.Model;
using Maml.Cluster.Coordinator.Adaptation;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Placement;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Security.Connections;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Coordinator.Services.Methods;
using Maml.Cluster.Coordinator.Services.Reflection;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Workers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>What a coordinator consists of.</summary>
internal static class CoordinatorServices
{
    /// <summary>Adds the parts.</summary>
    public static IServiceCollection AddCoordinator(this IServiceCollection services, CoordinatorOptions options, CoordinatorProbes probes)
    {
        services.AddWorkers(options, probes);
        services.AddSingleton<IterationMetrics>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<RunMeasures>();
        services.AddSingleton<RunMetrics>();
        services.AddSingleton<DataSetProvider>();
        services.AddSingleton<IDataSetShelf>(provider => provider.GetRequiredService<DataSetProvider>());
        services.AddSingleton<RunRegistry>();
        services.AddSingleton<RunArchive>();
        services.AddSingleton(new RunSlots(options.MaximumActiveRuns, options.MaximumQueuedRuns));
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<RunManager>();
        services.AddSingleton<EvaluationTargets>();
        services.AddSingleton<RequestedEvaluations>();
        services.AddSingleton<Adapter>();

        // Once, and not for each call: they read the whole contract.
        services.AddSingleton<ReflectionEndpoint>();
        services.AddSingleton<EarlierReflectionEndpoint>();
        return options.KeepsRunsInDatabase
            ? services.AddSharedRuns(options)
            : services.AddSingleton<IRunHome, FolderRunHome>().AddHostedService<RunRecovery>();
    }

    /// <summary>Adds what serves workers and hands rounds to them, wherever these come from.</summary>
    public static IServiceCollection AddWorkers(this IServiceCollection services, CoordinatorOptions options, CoordinatorProbes probes)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Limits.RequestBytes;
            grpc.MaxSendMessageSize = options.Limits.MessageBytes;
            grpc.EnableDetailedErrors = false;

            // No client of ours compresses, and what nobody can send unpacks to no surprise.
            grpc.CompressionProviders.Clear();
        })
            .AddServiceOptions<WorkerEndpoint>(grpc => grpc.MaxReceiveMessageSize = options.Limits.MessageBytes)
            .AddServiceOptions<AdaptationEndpoint>(grpc => grpc.MaxReceiveMessageSize = options.Limits.AdaptationBytes);
        services.RemoveAll(typeof(IServiceMethodProvider<>));
        services.AddSingleton(typeof(IServiceMethodProvider<>), typeof(CheckedServiceMethods<>));
        services.AddSingleton<IMemoryPoolFactory<byte>, ConnectionBuffers>();
        services.AddCoordinatorSecurity(options);
        services.AddSingleton(options);
        services.AddSingleton(probes);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options.ToSchedulerOptions());
        services.AddMetrics();
        services.AddSingleton<CoordinatorMeter>();
        services.AddSingleton<DispatchMetrics>();
        services.AddSingleton<ChunkMetrics>();
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<ShutdownSignal>();
        services.AddSingleton<OpenCalls>();
        services.AddSingleton<RoundDispatcher>();
        services.AddSingleton<WorkerRegistry>();
        services.AddSingleton<WorkerSession>();
        services.TryAddSingleton<IWorkerDoor, OpenDoor>();
        services.TryAddSingleton<IEpochReports, NoEpochReports>();
        services.AddHostedService<Watchdog>();
        return services;
    }

    /// <summary>Maps the services that clients and workers call.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="options">The coordinator's.</param>
    public static void MapCoordinator(this IEndpointRouteBuilder routes, CoordinatorOptions options)
    {
        routes.MapGrpcService<WorkerEndpoint>();
        if (options.KeepsRunsInDatabase)
        {
            routes.MapSharedRuns();
        }
        else
        {
            routes.MapGrpcService<RunEndpoint>();
            routes.MapGrpcService<EvaluationEndpoint>();
            routes.MapGrpcService<AdaptationEndpoint>();
        }

        routes.MapGrpcService<DataSetEndpoint>();
        routes.MapGrpcService<HealthEndpoint>();
        if (!options.Reflection) return;
        routes.MapGrpcService<ReflectionEndpoint>();
        routes.MapGrpcService<EarlierReflectionEndpoint>();
    }
}
