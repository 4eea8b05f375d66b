using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Says what is wrong with the options of the database.</summary>
internal static class DatabaseOptionsValidator
{
    /// <summary>Adds one complete message for each fault. Reads no file, and quotes no secret.</summary>
    /// <param name="options">The section.</param>
    /// <param name="isNeeded">Why there must be a database, as the end of a sentence; null where it may be missing.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Validate(DatabaseOptions options, string? isNeeded, List<string> faults)
    {
        bool hasText = !string.IsNullOrWhiteSpace(options.Connection);
        bool hasFile = !string.IsNullOrWhiteSpace(options.ConnectionFile);
        if (hasText && hasFile) faults.Add("Database.Connection: found it beside Database.ConnectionFile, expected one of the two.");
        if (!hasText && !hasFile && isNeeded is not null) faults.Add($"Database.ConnectionFile: found nothing, expected a file with PostgreSQL's connection string, {isNeeded}.");
        if (hasText && Fault(options.Connection!) is { } fault) faults.Add($"Database.Connection: found {fault}, expected a connection string, such as Host=db;Database=maml;Username=maml;Password=…");
    }

    /// <summary>What is wrong with a connection string, without its values; null when it can be used.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host) ? "no Host in it" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or OverflowException or InvalidCastException)
        {
            // The exception may quote what it could not read, a password among it.
            return "that it cannot be read";
        }
    }
}
