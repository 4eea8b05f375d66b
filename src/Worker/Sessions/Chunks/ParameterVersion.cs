namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>One version of a run's θ on the host.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Version">The version; unique within the run and the session.</param>
/// <param name="Values">θ, flat. Never changed once complete.</param>
internal sealed record ParameterVersion(string RunId, ulong Version, float[] Values);
