namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>How callers show who they are.</summary>
internal enum ShownBy
{
    Token,
    Certificate,
}
