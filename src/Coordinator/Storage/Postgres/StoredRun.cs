using Maml.Cluster.Coordinator.Records;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>A run's row with the small files in it.</summary>
/// <param name="Key">The row.</param>
/// <param name="Configuration">Content of <c>config.yaml</c>.</param>
/// <param name="Record">Content of <c>run.json</c>.</param>
/// <param name="Summary">Content of <c>summary.json</c>; null where the run is not over.</param>
/// <param name="HigherIsBetter">How its checkpoints' scores compare; without any it does not matter.</param>
internal sealed record StoredRun(long Key, byte[] Configuration, byte[] Record, byte[]? Summary, bool HigherIsBetter)
{
    /// <summary>Reads a run; null when there is none.</summary>
    public static async Task<StoredRun?> ReadAsync(NpgsqlConnection connection, string cluster, string runId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(
            "SELECT run_key, configuration, record, summary, higher_is_better FROM maml_runs WHERE cluster = @cluster AND run_id = @run",
            ("cluster", cluster), ("run", runId));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredRun(
                reader.GetInt64(0),
                reader.GetFieldValue<byte[]>(1),
                reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                !reader.IsDBNull(4) && reader.GetBoolean(4))
            : null;
    }

    /// <summary>Writes its files, the record last: what lies there without one is no run yet.</summary>
    public async Task WriteAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(folder.Configuration, Configuration, cancellationToken);
        if (Summary is not null) await File.WriteAllBytesAsync(folder.Summary, Summary, cancellationToken);
        await File.WriteAllBytesAsync(folder.Record, Record, cancellationToken);
    }
}
