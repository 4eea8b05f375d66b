using System.Data;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Puts pieces together again, one in memory at a time.</summary>
internal static class PieceReader
{
    /// <summary>Writes the first column of all rows of a query, in their order.</summary>
    /// <param name="command">The query; disposed here.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task CopyAsync(NpgsqlCommand command, Stream target, CancellationToken cancellationToken)
    {
        await using (command)
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                await using Stream piece = await reader.GetStreamAsync(0, cancellationToken);
                await piece.CopyToAsync(target, cancellationToken);
            }
        }
    }
}
