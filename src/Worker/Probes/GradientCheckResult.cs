namespace Maml.Cluster.Worker.Probes;

/// <summary>How well a device's meta-gradient agrees with finite differences.</summary>
/// <param name="RelativeError">Root mean square of the differences along random directions, relative to that of the slopes.</param>
/// <param name="Tolerance">The most that is right.</param>
public sealed record GradientCheckResult(double RelativeError, double Tolerance)
{
    /// <summary>Whether the device computes right.</summary>
    public bool Passed => RelativeError <= Tolerance;
}
