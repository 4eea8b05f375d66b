using Maml.Cluster.Coordinator.Clustering.Ownership;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Lets a transaction write to a run only under the run's epoch, and for its owner.</summary>
internal static class RunFence
{
    /// <summary>
    /// Says of a row of <c>maml_runs</c> whether it is the claim's. The epoch alone would do, had not a server that lost what it had committed
    /// given the same one twice.
    /// </summary>
    public const string Condition = "cluster = @cluster AND run_id = @run AND epoch = @epoch AND owner_id = @owner";

    // The row is locked from here to the end of the transaction. A process that is halted in between must not keep others from taking
    // the run: the server ends its transaction then.
    private const string Text = $"""
        SET LOCAL idle_in_transaction_session_timeout = '3s';
        UPDATE maml_runs SET epoch = epoch WHERE {Condition} RETURNING run_key
        """;

    /// <summary>The parameters of <see cref="Condition"/>.</summary>
    public static (string Name, object? Value)[] Parameters(string cluster, RunClaim claim) =>
        [("cluster", cluster), ("run", claim.RunId), ("epoch", claim.Epoch), ("owner", claim.Owner)];

    /// <summary>Makes sure that nobody can take the run before the transaction ends.</summary>
    /// <returns>The key of the run's row.</returns>
    /// <exception cref="StaleEpochException">The run is not the claim's any more.</exception>
    public static long Pass(NpgsqlConnection connection, string cluster, RunClaim claim)
    {
        using NpgsqlCommand command = connection.Command(Text, Parameters(cluster, claim));
        return command.ExecuteScalar() as long? ?? throw Stale(connection, cluster, claim);
    }

    /// <summary>Looks without locking, so that nothing long is begun in vain.</summary>
    /// <returns>The key of the run's row.</returns>
    /// <exception cref="StaleEpochException">The run is not the claim's any more.</exception>
    public static long Peek(NpgsqlConnection connection, string cluster, RunClaim claim)
    {
        using NpgsqlCommand command = connection.Command($"SELECT run_key FROM maml_runs WHERE {Condition}", Parameters(cluster, claim));
        return command.ExecuteScalar() as long? ?? throw Stale(connection, cluster, claim);
    }

    /// <summary>What to throw where a run is not the claim's any more.</summary>
    public static StaleEpochException Stale(NpgsqlConnection connection, string cluster, RunClaim claim)
    {
        using NpgsqlCommand command = connection.Command(
            "SELECT epoch FROM maml_runs WHERE cluster = @cluster AND run_id = @run", ("cluster", cluster), ("run", claim.RunId));
        return new StaleEpochException(claim, command.ExecuteScalar() as long?);
    }
}
