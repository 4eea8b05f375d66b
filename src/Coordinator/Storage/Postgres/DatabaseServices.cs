using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Registers the database of a coordinator that has one.</summary>
internal static class DatabaseServices
{
    /// <summary>Adds it where runs are kept there; before all that uses it at its own start.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, CoordinatorOptions options)
    {
        if (!options.KeepsRunsInDatabase) return services;
        services.AddSingleton(_ => Open(options.Database));
        services.AddSingleton<IRunLedger>(provider => new PostgresLedger(provider.GetRequiredService<Database>(), options.Cluster.Name));
        services.AddSingleton<IRunVault>(provider => new PostgresVault(
            provider.GetRequiredService<Database>(), options.Cluster.Name, provider.GetRequiredService<ILogger<PostgresVault>>()));
        services.AddHostedService<DatabaseStart>();
        return services;
    }

    private static Database Open(DatabaseOptions options)
    {
        try
        {
            return Database.Open(options.ReadConnectionString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"The database cannot be used. {e.Message}", e);
        }
    }
}
