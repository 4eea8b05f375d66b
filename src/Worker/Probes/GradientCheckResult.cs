namespace Maml.Cluster.Worker.Probes;

/// <summary>How well a device's meta-gradient agrees with one in double precision that was found in another way.</summary>
/// <param name="Network">What was computed: "conv4 with stride".</param>
/// <param name="RelativeError">Root mean square of the differences, relative to that of what they should be.</param>
/// <param name="Tolerance">The most that is right.</param>
public sealed record GradientCheckResult(string Network, double RelativeError, double Tolerance)
{
    /// <summary>Whether the device computes right.</summary>
    public bool Passed => RelativeError <= Tolerance;
}
