using System.Globalization;
using System.Net;
using Maml.Cluster.Coordinator.Clustering.Forwarding;
using Maml.Cluster.Coordinator.Clustering.Grains;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Placement;
using Maml.Cluster.Coordinator.Clustering.Takeover;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>What a coordinator has besides where its runs are kept in a database.</summary>
internal static class ClusteringServices
{
    /// <summary>Adds the parts; those of the database itself are added before.</summary>
    public static IServiceCollection AddSharedRuns(this IServiceCollection services, CoordinatorOptions options)
    {
        services.AddSingleton(options.Cluster);
        services.AddSingleton(_ => Identify(options));
        services.AddSingleton<RunClaims>();
        services.AddHostedService<RenewalLoop>();
        services.AddSingleton<IEpochReports, EpochReports>();
        services.AddSingleton<IRunHome, VaultRunHome>();
        services.AddSingleton<ITakeOver, TakeOver>();
        services.AddSingleton<RunWaker>();
        return services.AddForwarding(options).AddWatch(options.Cluster.Kind);
    }

    /// <summary>Maps the services whose calls may be about any run of the cluster.</summary>
    public static void MapSharedRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<ClusterRunEndpoint>();
        routes.MapGrpcService<ClusterEvaluationEndpoint>();
        routes.MapGrpcService<ClusterAdaptationEndpoint>();
    }

    /// <summary>Where others reach a coordinator, by its options; null where they do not say.</summary>
    internal static Uri? AddressOf(CoordinatorOptions options)
    {
        if (options.Cluster.AdvertisedAddress is { } advertised) return advertised;
        string scheme = options.Security.CertificateFile is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return IPAddress.TryParse(options.ListenAddress, out IPAddress? address) && IPAddress.IsLoopback(address) && options.Port is > 0 and <= IPEndPoint.MaxPort
            ? new UriBuilder(scheme, address.ToString(), options.Port).Uri
            : null;
    }

    private static CoordinatorIdentity Identify(CoordinatorOptions options)
    {
        // A run kept by a coordinator that is alone is nobody else's to ask for, and its port may be any that is free.
        Uri address = AddressOf(options) ?? new Uri("http://localhost");
        string start = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];
        return new CoordinatorIdentity($"{Environment.MachineName}-{start}", address);
    }

    private static IServiceCollection AddForwarding(this IServiceCollection services, CoordinatorOptions options)
    {
        services.AddSingleton<RunRouter>();
        services.AddSingleton(provider => new Peers(
            provider.GetRequiredService<CoordinatorIdentity>(), options.Cluster.Peers, options.InsecureAllowRemote,
            provider.GetRequiredService<ISecurityReports>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ForwardedCalls>();
        services.AddSingleton<ForwardedWatch>();
        services.AddSingleton<RecordedRuns>();
        services.AddSingleton<RunListing>();
        services.AddSingleton<RunCopies>();
        services.AddSingleton<RunEndpoint>();
        services.AddSingleton<EvaluationEndpoint>();
        return services.AddSingleton<AdaptationEndpoint>();
    }

    private static IServiceCollection AddWatch(this IServiceCollection services, ClusterKind kind)
    {
        services.AddHostedService<LedgerSweep>();
        return kind == ClusterKind.Orleans
            ? services.AddSingleton<IRunWatch, GrainRunWatch>().AddWorkerPlacement().AddSingleton<Expulsion>().AddSingleton<IFatalErrorHandler>(provider => provider.GetRequiredService<Expulsion>())
            : services.AddSingleton<IRunWatch, OwnRunWatch>();
    }
}
