using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Which PostgreSQL a coordinator uses: the section <c>database</c> of its configuration. None by default.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Npgsql's connection string, such as <c>Host=db;Database=maml;Username=maml;Password=…</c>. Left out of <see cref="ToString"/>.</summary>
    [SecretOption("name a file that holds it as database.connectionFile, or set MAML_COORDINATOR_DATABASE__CONNECTION")]
    public string? Connection { get; init; }

    /// <summary>File that holds the connection string and nothing else, as Kubernetes mounts a Secret. It is read once, at start.</summary>
    public string? ConnectionFile { get; init; }

    /// <summary>Whether there is one.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Connection) || !string.IsNullOrWhiteSpace(ConnectionFile);

    /// <summary>The connection string, from wherever it is.</summary>
    /// <exception cref="IOException">The file cannot be read, or holds nothing.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public string ReadConnectionString()
    {
        if (!string.IsNullOrWhiteSpace(Connection)) return Connection;
        if (string.IsNullOrWhiteSpace(ConnectionFile)) throw new DatabaseException("database: found nothing, expected database.connectionFile, or database.connection.");
        string text = File.ReadAllText(ConnectionFile).Trim();
        return text.Length > 0
            ? text
            : throw new DatabaseException($"{ConnectionFile}: found nothing, expected a connection string, such as Host=db;Database=maml;Username=maml;Password=…");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(DatabaseOptions)} {{ Connection = {(Connection is null ? "" : "***")}, ConnectionFile = {ConnectionFile} }}";
}
