namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>
/// The vault has less of a table than it had said: a database that lost what it had committed. As an <see cref="IOException"/> it is to a run
/// what a full disk is, reported and tried again, with the whole table.
/// </summary>
internal sealed class RowsLostException(string table, long kept, long offset)
    : IOException($"{table}: found {kept} bytes in the database, expected at least {offset}, which it had taken in. The whole table is sent again.");
