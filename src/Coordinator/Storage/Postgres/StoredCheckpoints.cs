using Maml.Cluster.Coordinator.Checkpoints;
using Npgsql;
using NpgsqlTypes;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>The checkpoints of one run in the database, within a transaction.</summary>
/// <param name="connection">With a transaction under way.</param>
/// <param name="runKey">The run's row.</param>
internal sealed class StoredCheckpoints(NpgsqlConnection connection, long runKey)
{
    /// <summary>As much as is in memory at once; θ itself may have gigabytes.</summary>
    public const int PieceBytes = 1 << 20;

    /// <summary>Those of some checkpoints that are stored, name and SHA-256 being the same: their keys by their names.</summary>
    public Dictionary<string, long> Find(IReadOnlyList<CheckpointEntry> entries)
    {
        using NpgsqlCommand command = connection.Command(
            "SELECT stored.file, stored.checkpoint_key FROM maml_checkpoints AS stored JOIN unnest(@files, @hashes) AS wanted (file, sha256) USING (file, sha256) WHERE stored.run_key = @run",
            ("run", runKey), ("files", entries.Select(entry => entry.File).ToArray()), ("hashes", entries.Select(entry => entry.Sha256).ToArray()));
        using NpgsqlDataReader reader = command.ExecuteReader();
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read()) found.Add(reader.GetString(0), reader.GetInt64(1));
        return found;
    }

    /// <summary>Sends the content of a file.</summary>
    /// <returns>The key of the checkpoint that it is of.</returns>
    public long SendPieces(string path)
    {
        using NpgsqlCommand next = connection.Command("SELECT nextval(pg_get_serial_sequence('maml_checkpoints', 'checkpoint_key'))");
        long key = (long)next.ExecuteScalar()!;
        using FileStream file = File.OpenRead(path);
        byte[] piece = new byte[PieceBytes];
        using NpgsqlBinaryImporter importer = connection.BeginBinaryImport(
            "COPY maml_checkpoint_pieces (checkpoint_key, number, content) FROM STDIN (FORMAT BINARY)");
        int length;
        for (int number = 0; (length = file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)) > 0; number++)
        {
            importer.StartRow();
            importer.Write(key, NpgsqlDbType.Bigint);
            importer.Write(number, NpgsqlDbType.Integer);
            importer.Write(new ReadOnlyMemory<byte>(piece, 0, length), NpgsqlDbType.Bytea);
        }

        importer.Complete();
        return key;
    }

    /// <summary>Enters a checkpoint whose pieces have been sent.</summary>
    public void Add(long key, CheckpointEntry entry, long epoch)
    {
        using NpgsqlCommand command = connection.Command(
            """
            INSERT INTO maml_checkpoints (checkpoint_key, run_key, epoch, file, iteration, bytes, sha256, score)
            VALUES (@key, @run, @epoch, @file, @iteration, @bytes, @hash, CAST(@score AS double precision))
            """,
            ("key", key), ("run", runKey), ("epoch", epoch), ("file", entry.File), ("iteration", entry.Iteration), ("bytes", entry.Bytes),
            ("hash", entry.Sha256), ("score", entry.Score));
        command.ExecuteNonQuery();
    }

    /// <summary>Deletes those that no longer count, pieces included.</summary>
    public void DeleteAllBut(IEnumerable<long> keys)
    {
        using NpgsqlCommand command = connection.Command(
            "DELETE FROM maml_checkpoints WHERE run_key = @run AND checkpoint_key <> ALL (@keys)", ("run", runKey), ("keys", keys.ToArray()));
        command.ExecuteNonQuery();
    }

    /// <summary>Notes the scores of checkpoints that are stored.</summary>
    public void Score(IEnumerable<CheckpointEntry> entries, bool higherIsBetter)
    {
        CheckpointEntry[] all = [.. entries];
        using NpgsqlCommand command = connection.Command(
            """
            UPDATE maml_runs SET higher_is_better = @higher WHERE run_key = @run AND higher_is_better IS DISTINCT FROM @higher;
            UPDATE maml_checkpoints AS stored SET score = scored.score
            FROM unnest(@files, @scores) AS scored (file, score)
            WHERE stored.run_key = @run AND stored.file = scored.file AND stored.score IS DISTINCT FROM scored.score
            """,
            ("run", runKey), ("higher", higherIsBetter), ("files", all.Select(entry => entry.File).ToArray()), ("scores", all.Select(entry => entry.Score).ToArray()));
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Writes all checkpoints of a run and their manifest. One whose pieces are damaged or missing is written as it is: who reads it finds
    /// that by its checksum, says so, and takes the one before.
    /// </summary>
    public static async Task WriteAllAsync(NpgsqlConnection connection, StoredRun run, string directory, CancellationToken cancellationToken)
    {
        IReadOnlyList<(long Key, CheckpointEntry Entry)> stored = await ListAsync(connection, run.Key, cancellationToken);
        if (stored.Count == 0) return;
        Directory.CreateDirectory(directory);
        foreach ((long key, CheckpointEntry entry) in stored) await WriteAsync(connection, key, Path.Combine(directory, entry.File), cancellationToken);
        new CheckpointManifest(run.HigherIsBetter, [.. stored.Select(one => one.Entry)]).Write(directory);
    }

    private static async Task<IReadOnlyList<(long Key, CheckpointEntry Entry)>> ListAsync(NpgsqlConnection connection, long runKey, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(
            "SELECT checkpoint_key, file, iteration, bytes, sha256, score FROM maml_checkpoints WHERE run_key = @run ORDER BY iteration", ("run", runKey));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<(long, CheckpointEntry)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = new CheckpointEntry(
                reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetDouble(5));

            // A name that leads out of the folder is none of a checkpoint's.
            if (CheckpointName.IterationOf(entry.File) is not null) entries.Add((reader.GetInt64(0), entry));
        }

        return entries;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, long key, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await PieceReader.CopyAsync(
            connection.Command("SELECT content FROM maml_checkpoint_pieces WHERE checkpoint_key = @key ORDER BY number", ("key", key)), file, cancellationToken);
    }
}
