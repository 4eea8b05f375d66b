using System.Diagnostics.Metrics;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Who measures.</summary>
/// <param name="Service">The kind of host: <c>maml-coordinator</c>, <c>maml-worker</c>.</param>
/// <param name="Instance">Which of its kind, for people.</param>
/// <param name="Name">Name of its meter and of its source of spans.</param>
/// <param name="Scope">Scope of its meter: others of the name, of other hosts in the process, are not its own.</param>
public sealed record TelemetrySource(string Service, string Instance, string Name, object Scope)
{
    /// <summary>Whether an instrument is another host's.</summary>
    internal bool IsForeign(Instrument instrument) => instrument.Meter.Name == Name && !ReferenceEquals(instrument.Meter.Scope, Scope);
}
