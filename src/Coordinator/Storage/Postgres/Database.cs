using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>
/// A PostgreSQL and the connections to it. Whatever goes wrong there becomes a <see cref="DatabaseException"/>; when the server has
/// gone, its idle connections are thrown away, so that the next attempt does not stumble over them one by one.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    // A loop waits for a connection and for an answer: long enough for a loaded server, short beside the minute of the longest retry.
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 10;

    // A command that is given up is taken back; a server that does not even answer to that is not waited for.
    private const int CancellationMilliseconds = 500;

    // A run writes by one connection at a time; the rest is for what clients ask.
    private const int MostConnections = 20;

    private readonly NpgsqlDataSource _source;
    private readonly string _place;

    private Database(NpgsqlDataSource source, string place)
    {
        _source = source;
        _place = place;
    }

    /// <summary>Prepares connections; none is made yet.</summary>
    /// <param name="connectionString">Npgsql's; what it says about timeouts and the pool wins over the defaults here.</param>
    /// <exception cref="DatabaseException">The text cannot be used.</exception>
    public static Database Open(string connectionString)
    {
        if (DatabaseOptionsValidator.Fault(connectionString) is { } fault)
            throw new DatabaseException($"The database's connection string: found {fault}, expected one such as Host=db;Database=maml;Username=maml;Password=…");
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!IsGiven(settings, "Timeout")) settings.Timeout = ConnectSeconds;
        if (!IsGiven(settings, "Command Timeout")) settings.CommandTimeout = CommandSeconds;
        if (!IsGiven(settings, "Cancellation Timeout")) settings.CancellationTimeout = CancellationMilliseconds;
        if (!IsGiven(settings, "Maximum Pool Size")) settings.MaxPoolSize = MostConnections;

        // With it a server that does not answer is asked twice within one timeout; when less than a millisecond of that is left, Npgsql takes
        // it for none, and waits for ever.
        if (!IsGiven(settings, "GSS Encryption Mode")) settings.GssEncryptionMode = GssEncryptionMode.Disable;
        settings.ApplicationName ??= "maml";
        return new Database(NpgsqlDataSource.Create(settings), $"{settings.Host}:{settings.Port}/{settings.Database}");
    }

    /// <summary>Does something by a connection.</summary>
    /// <exception cref="DatabaseException">It cannot be reached, or refuses.</exception>
    public TResult Do<TResult>(Func<NpgsqlConnection, TResult> work)
    {
        try
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            return work(connection);
        }
        catch (NpgsqlException e)
        {
            throw Explain(e);
        }
    }

    /// <inheritdoc cref="Do"/>
    public async Task<TResult> DoAsync<TResult>(Func<NpgsqlConnection, Task<TResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (NpgsqlException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static bool IsGiven(NpgsqlConnectionStringBuilder settings, string keyword) => settings.ShouldSerialize(keyword);

    private DatabaseException Explain(NpgsqlException fault)
    {
        bool isRefusal = fault is PostgresException { IsTransient: false };
        if (!isRefusal) _source.Clear();
        string reason = fault.InnerException is { } inner && inner.Message.Length > 0 ? $"{fault.Message}: {inner.Message}" : fault.Message;
        return new DatabaseException(
            isRefusal
                ? $"The database {_place} refuses what was asked of it ({reason})"
                : $"The database {_place} cannot be used ({reason})",
            fault);
    }
}
