namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Adds what places workers in a cluster.</summary>
internal static class PlacementServices
{
    /// <summary>Adds the parts. The directory is the cluster's, so who sets that up adds an <see cref="IWorkerDirectory"/>.</summary>
    public static IServiceCollection AddWorkerPlacement(this IServiceCollection services)
    {
        services.AddSingleton(new PlacementTimes());
        services.AddSingleton<CoordinatorNeeds>();
        services.AddSingleton<WorkerDoor>();
        services.AddSingleton<IWorkerDoor>(provider => provider.GetRequiredService<WorkerDoor>());
        services.AddHostedService<PlacementLoop>();
        return services;
    }
}
