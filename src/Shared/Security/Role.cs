namespace Maml.Cluster.Shared.Security;

/// <summary>What a caller of the coordinator may do.</summary>
public enum Role
{
    /// <summary>Attaches, computes chunks and downloads data sets.</summary>
    Worker,

    /// <summary>Starts, stops, watches and evaluates runs, and downloads data sets.</summary>
    Operator,

    /// <summary>Sees runs and follows them; changes nothing.</summary>
    Viewer,
}
