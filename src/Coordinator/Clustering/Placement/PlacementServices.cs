using Maml.Cluster.Coordinator.Clustering.Placement.Grains;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Adds what places workers in a cluster.</summary>
internal static class PlacementServices
{
    /// <summary>Adds the parts. They need a <see cref="Ownership.CoordinatorIdentity"/>, an <see cref="Ownership.IRunLedger"/>, and Orleans.</summary>
    public static IServiceCollection AddWorkerPlacement(this IServiceCollection services)
    {
        services.AddSingleton(new PlacementTimes());
        services.TryAddSingleton<IWorkerDirectory, GrainWorkerDirectory>();
        services.AddSingleton<LedgerDirectory>();
        services.AddSingleton<CoordinatorNeeds>();
        services.AddSingleton<WorkerDoor>();
        services.AddSingleton<IWorkerDoor>(provider => provider.GetRequiredService<WorkerDoor>());
        services.AddHostedService<PlacementLoop>();
        return services;
    }
}
