namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Who measures.</summary>
/// <param name="Service">The kind of host: <c>maml-coordinator</c>, <c>maml-worker</c>.</param>
/// <param name="Instance">Which of its kind, for people.</param>
/// <param name="Name">Name of its meter and of its source of spans.</param>
public sealed record TelemetrySource(string Service, string Instance, string Name);
