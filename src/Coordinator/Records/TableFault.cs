namespace Maml.Cluster.Coordinator.Records;

/// <summary>A table of the run cannot be written, or can be again. Said once for each.</summary>
/// <param name="Path">The table.</param>
/// <param name="Reason">Why it cannot be written; null when that is over.</param>
/// <param name="RowsWaiting">Rows that are kept in memory until it can.</param>
/// <param name="RowsLost">Rows that had to be given up, as there were too many, or as the run has ended.</param>
internal sealed record TableFault(string Path, string? Reason, long RowsWaiting, long RowsLost)
{
    private const string Advice = "Free space on the disk, and check the folder's permissions.";

    /// <summary>Whether all rows that there still are have been written.</summary>
    public bool IsOver => Reason is null;

    /// <summary>What was found and what to do, for people.</summary>
    public string Message => this switch
    {
        { IsOver: true, RowsLost: 0 } => $"{Path}: can be written again; no row is lost.",
        { IsOver: true } => $"{Path}: can be written again; {RowsLost} rows are lost, the oldest of those that waited.",
        { RowsWaiting: 0, RowsLost: > 0 } => $"{Path}: cannot be written ({Reason}); {RowsLost} rows are lost, as the run ends. {Advice}",
        _ => $"{Path}: cannot be written ({Reason}); the run goes on, and its rows wait in memory. {Advice}",
    };
}
