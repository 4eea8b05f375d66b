using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>One of a run's tables in the database: pieces, each of which knows where it begins. Within a transaction.</summary>
/// <param name="connection">With a transaction under way.</param>
/// <param name="runKey">The run's row.</param>
/// <param name="name">The table's file name.</param>
internal sealed class StoredTable(NpgsqlConnection connection, long runKey, string name)
{
    /// <summary>Takes away what is behind an offset.</summary>
    /// <exception cref="RowsLostException">There is less than that.</exception>
    public void CutTo(long offset)
    {
        using NpgsqlCommand command = connection.Command(
            """
            DELETE FROM maml_table_pieces WHERE run_key = @run AND name = @name AND start >= @offset;
            UPDATE maml_table_pieces SET content = substring(content FROM 1 FOR CAST(@offset - start AS integer))
            WHERE run_key = @run AND name = @name AND start + length(content) > @offset;
            SELECT COALESCE(max(start + length(content)), 0) FROM maml_table_pieces WHERE run_key = @run AND name = @name
            """,
            ("run", runKey), ("name", name), ("offset", offset));
        long length = (long)command.ExecuteScalar()!;
        if (length < offset) throw new RowsLostException(name, length, offset);
    }

    /// <summary>Adds rows at the end.</summary>
    public void Append(long offset, ReadOnlyMemory<byte> rows)
    {
        for (int begin = 0; begin < rows.Length; begin += StoredCheckpoints.PieceBytes)
        {
            using NpgsqlCommand command = connection.Command(
                "INSERT INTO maml_table_pieces (run_key, name, start, content) VALUES (@run, @name, @start, @content)",
                ("run", runKey), ("name", name), ("start", offset + begin),
                ("content", rows.Slice(begin, Math.Min(StoredCheckpoints.PieceBytes, rows.Length - begin))));
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Writes all tables of a run that there are.</summary>
    public static async Task WriteAllAsync(NpgsqlConnection connection, long runKey, RunFolder folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await NamesAsync(connection, runKey, cancellationToken);
        foreach (string path in new[] { folder.Metrics, folder.Evaluations }.Where(path => names.Contains(Path.GetFileName(path))))
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            await PieceReader.CopyAsync(
                connection.Command(
                    "SELECT content FROM maml_table_pieces WHERE run_key = @run AND name = @name ORDER BY start", ("run", runKey), ("name", Path.GetFileName(path))),
                file,
                cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(NpgsqlConnection connection, long runKey, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT DISTINCT name FROM maml_table_pieces WHERE run_key = @run", ("run", runKey));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) names.Add(reader.GetString(0));
        return names;
    }
}
