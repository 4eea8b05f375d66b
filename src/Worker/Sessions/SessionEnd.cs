namespace Maml.Cluster.Worker.Sessions;

/// <summary>How a session ended.</summary>
internal enum SessionEnd
{
    /// <summary>In good order: everything held was finished, and the worker shall leave.</summary>
    Drained,

    /// <summary>The stream ended or broke; the worker shall dial again.</summary>
    Lost,
}
