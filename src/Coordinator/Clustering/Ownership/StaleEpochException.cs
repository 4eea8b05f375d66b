namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>
/// A write was refused, since another coordinator has taken the run in the meantime. No <see cref="IOException"/>: trying again is of no
/// use, and whoever gets it leaves the run alone from now on.
/// </summary>
internal sealed class StaleEpochException : Exception
{
    /// <summary>A write was refused.</summary>
    /// <param name="claim">The claim under which it was tried.</param>
    /// <param name="epoch">The run's epoch now; null where there is no such run any more.</param>
    public StaleEpochException(RunClaim claim, long? epoch)
        : this(claim, epoch is null
            ? $"Run '{claim.RunId}' is no longer there; nothing was written under its epoch {claim.Epoch}."
            : $"Run '{claim.RunId}' has epoch {epoch}; nothing was written under epoch {claim.Epoch} of coordinator '{claim.Owner}', since another works on the run now.")
    {
    }

    private StaleEpochException(RunClaim claim, string message)
        : base(message) => Claim = claim;

    /// <summary>The claim under which it was tried.</summary>
    public RunClaim Claim { get; }

    /// <summary>A write was not even tried.</summary>
    public static StaleEpochException OfLease(RunClaim claim) => new(
        claim, $"The lease of run '{claim.RunId}' has ended; nothing was written under epoch {claim.Epoch}, since another coordinator may work on the run now.");
}
