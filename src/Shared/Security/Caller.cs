namespace Maml.Cluster.Shared.Security;

/// <summary>Who calls, as a token or a certificate proves it.</summary>
/// <param name="Name">For logs and messages.</param>
/// <param name="Role">What it may do.</param>
public sealed record Caller(string Name, Role Role);
