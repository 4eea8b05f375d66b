using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>
/// A run in this coordinator's hands: nobody else works on it as long as <see cref="IsLost"/> says no. Disposing it lets it go.
/// </summary>
internal interface IRunHold : IAsyncDisposable
{
    /// <summary>The folder to work in.</summary>
    RunFolder Folder { get; }

    /// <summary>How often the run was taken, this time included; 0 where that is not counted since no other coordinator can take it.</summary>
    long Epoch { get; }

    /// <summary>Whether another may have it by now: whoever finds this leaves the run at once and writes nothing.</summary>
    bool IsLost { get; }

    /// <summary>Has an action done when the hold is lost; at once where it is lost already. It must be short.</summary>
    void WhenLost(Action leave);

    /// <summary>Makes what has just been written into the folder safe from the loss of this machine, where that is promised.</summary>
    /// <param name="parts">What was written.</param>
    /// <exception cref="StaleEpochException">Another has taken the run; <see cref="IsLost"/> from now on.</exception>
    /// <exception cref="IOException">It cannot be made safe now. Try again later.</exception>
    void Keep(RunPart parts);
}
