namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>An option that can be written as one value.</summary>
/// <param name="Type">Of the value.</param>
/// <param name="SecretAdvice">What to do instead of writing it into a file; null for what is no secret.</param>
internal sealed record HostOption(Type Type, string? SecretAdvice);
