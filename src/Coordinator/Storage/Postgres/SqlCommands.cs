using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Commands with their parameters, shortly.</summary>
internal static class SqlCommands
{
    /// <summary>A command; the caller disposes it.</summary>
    /// <param name="connection">Where it is executed.</param>
    /// <param name="text">SQL with parameters as <c>@name</c>.</param>
    /// <param name="parameters">Their values; null where there is none.</param>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
