namespace Maml.Cluster.Coordinator.Security.Admission;

/// <summary>The gates of everything that lasts.</summary>
internal sealed class AdmissionGates(CoordinatorLimits limits)
{
    /// <summary>Workers attached.</summary>
    public AdmissionGate Workers { get; } = new("attached workers", limits.Workers);

    /// <summary>Runs followed.</summary>
    public AdmissionGate Watchers { get; } = new("clients that follow a run", limits.Watchers);

    /// <summary>Requested evaluations.</summary>
    public AdmissionGate Evaluations { get; } = new("requested evaluations", limits.Evaluations);

    /// <summary>Adaptations.</summary>
    public AdmissionGate Adaptations { get; } = new("adaptations", limits.Adaptations);

    /// <summary>Data sets under way.</summary>
    public AdmissionGate Downloads { get; } = new("downloads of data sets", limits.Downloads);

    /// <summary>Questions for the contract.</summary>
    public AdmissionGate Reflections { get; } = new("clients that ask for the contract", limits.Reflections);

    /// <summary>Health followed.</summary>
    public AdmissionGate HealthWatchers { get; } = new("clients that follow the health", limits.HealthWatchers);
}
