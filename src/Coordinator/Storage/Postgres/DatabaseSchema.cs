using System.Reflection;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>The tables in the database: those of the runs, and those that Orleans keeps its silos, grains and reminders in.</summary>
public static class DatabaseSchema
{
    /// <summary>Raised with each change of the scripts that an older coordinator or database does not go with.</summary>
    internal const int Version = 1;

    private const string ScriptPrefix = "database/";

    // "maml" as a number: whoever makes tables at the same time waits.
    private const long InstallLock = 0x6d616d6c;

    /// <summary>Makes what is missing in a database, all or nothing. May be repeated, also by several at once.</summary>
    /// <returns>Whether the database had none of it.</returns>
    /// <exception cref="IOException">The database cannot be reached, or refuses.</exception>
    /// <exception cref="DatabaseSchemaException">The tables were made by a newer version of maml.</exception>
    public static async Task<bool> InstallAsync(DatabaseOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using Database database = Database.Open(options.ReadConnectionString());
        return await InstallAsync(database, cancellationToken);
    }

    /// <summary>Makes what is missing, all or nothing.</summary>
    /// <returns>Whether the database had none of it.</returns>
    /// <exception cref="DatabaseException">The database cannot be reached, or refuses.</exception>
    /// <exception cref="DatabaseSchemaException">The tables were made by a newer version of maml.</exception>
    internal static Task<bool> InstallAsync(Database database, CancellationToken cancellationToken) => database.DoAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection.Command("SELECT pg_advisory_xact_lock(@lock)", ("lock", InstallLock)), cancellationToken);
            int? found = await ReadVersionAsync(connection, cancellationToken);
            if (found > Version) throw Newer(found.Value);
            foreach (string script in Scripts()) await ExecuteAsync(connection.Command(script), cancellationToken);
            await ExecuteAsync(
                connection.Command("CREATE TABLE IF NOT EXISTS maml_schema (version integer NOT NULL, applied timestamptz NOT NULL DEFAULT now())"), cancellationToken);
            if (found != Version) await ExecuteAsync(connection.Command("INSERT INTO maml_schema (version) VALUES (@version)", ("version", Version)), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return found is null;
        },
        cancellationToken);

    /// <summary>Requires the tables of this version.</summary>
    /// <exception cref="DatabaseException">The database cannot be reached.</exception>
    /// <exception cref="DatabaseSchemaException">It lacks the tables, or has others.</exception>
    internal static Task RequireAsync(Database database, CancellationToken cancellationToken) => database.DoAsync(
        async connection => await ReadVersionAsync(connection, cancellationToken) switch
        {
            Version => true,
            null => throw new DatabaseSchemaException("The database has no tables of maml. Make them with 'maml cluster init --connection …'."),
            < Version and { } older => throw new DatabaseSchemaException(
                $"The database has maml's tables in version {older}, expected {Version}. Bring them up to date with 'maml cluster init --connection …'."),
            { } newer => throw Newer(newer),
        },
        cancellationToken);

    private static IEnumerable<string> Scripts()
    {
        Assembly assembly = typeof(DatabaseSchema).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static async Task<int?> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = connection.Command("SELECT to_regclass('maml_schema') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true) return null;
        await using NpgsqlCommand version = connection.Command("SELECT max(version) FROM maml_schema");
        return await version.ExecuteScalarAsync(cancellationToken) as int?;
    }

    private static async Task ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command) await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DatabaseSchemaException Newer(int found) =>
        new($"The database has maml's tables in version {found}, expected {Version}. They were made by a newer version of maml; use that one.");
}
