namespace Maml.Cluster.Shared.Sessions;

/// <summary>
/// Which coordinator to dial next: the configured address, unless another one has sent us elsewhere; and where neither answers, the others that
/// the last session has told of, one after the other. Pure but for its own memory; for use by one session at a time.
/// </summary>
/// <param name="home">The configured address.</param>
public sealed class Doors(Uri home)
{
    private volatile Uri[] _others = [];

    /// <summary>The configured address.</summary>
    public Uri Home { get; } = home;

    /// <summary>The address to dial now.</summary>
    public Uri Current { get; private set; } = home;

    /// <summary>Whether a coordinator has sent us to the current one.</summary>
    public bool IsRedirected { get; private set; }

    /// <summary>Takes in where the other coordinators are, as the one that we are attached to says.</summary>
    /// <param name="addresses">Addresses that may be dialled, without that coordinator's own.</param>
    public void Learn(IEnumerable<Uri> addresses) => _others = [.. addresses.Distinct()];

    /// <summary>Goes where a coordinator sends us.</summary>
    public void Follow(Uri address) => (Current, IsRedirected) = (address, true);

    /// <summary>Turns away from a coordinator that did not let us in, or that was lost.</summary>
    /// <param name="wasAttached">Whether it had let us in.</param>
    public void TurnAway(bool wasAttached)
    {
        Uri failed = Current;
        Uri[] ring = [Home, .. _others.Where(other => other != Home)];
        int next = IsRedirected ? 0 : Array.IndexOf(ring, failed) + 1;

        // The configured address may be a service's, with the one that was just lost behind it; the others were alive when that one last spoke.
        if (wasAttached) next = 1;
        if (ring[next % ring.Length] == failed) next++;
        (Current, IsRedirected) = (ring[next % ring.Length], false);
    }
}
