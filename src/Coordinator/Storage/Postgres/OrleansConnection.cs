using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>The connection string that Orleans gets: its providers have connections of their own, which it does not limit itself.</summary>
internal static class OrleansConnection
{
    // A silo reads the table of members, and that of reminders, every few seconds, and writes a row for a run that begins or ends. With the
    // coordinator's own, three coordinators stay below what PostgreSQL allows by default: 3 * (8 + 20) of 97.
    private const int MostConnections = 8;

    /// <summary>The same database; what the text says about the pool wins over the default here.</summary>
    /// <param name="connectionString">Npgsql's. One that cannot be read is left as it is, for <see cref="Database.Open"/> to refuse.</param>
    public static string Of(string connectionString)
    {
        if (DatabaseOptionsValidator.Fault(connectionString) is not null) return connectionString;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        settings.ApplicationName ??= "maml-orleans";
        return settings.ConnectionString;
    }
}
