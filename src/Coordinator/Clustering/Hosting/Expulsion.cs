namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>
/// Ends a coordinator whose silo cannot go on, most of all one that the others have taken for dead while it was halted: by then it has
/// left its runs, and whoever started it can start it again. Orleans itself would abort the process and dump it.
/// </summary>
internal sealed class Expulsion(IHostApplicationLifetime lifetime, ILogger<Expulsion> logger) : IFatalErrorHandler
{
    /// <summary>Why it ends; null while it does not.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not (ObjectDisposedException or ThreadInterruptedException);

    /// <inheritdoc/>
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (Reason is not null) return;
        Reason = "The other coordinators take this one for dead: it was out of reach for too long. Start it again.";
        logger.Expelled(context ?? "", exception);

        // Whoever calls this is a part of what is to be stopped.
        _ = Task.Run(lifetime.StopApplication);
    }
}
