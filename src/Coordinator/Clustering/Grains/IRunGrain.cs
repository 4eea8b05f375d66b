namespace Maml.Cluster.Coordinator.Clustering.Grains;

/// <summary>A run, keyed by its identifier.</summary>
internal interface IRunGrain : IGrainWithStringKey
{
    // Longer than it takes to find out that a coordinator is gone.
    private const string Patience = "00:00:10";

    /// <summary>Has the run looked after from now on, until it is over.</summary>
    [ResponseTimeout(Patience)]
    Task WatchOverAsync();

    /// <summary>Looks after it now: if nobody has it, it goes on where the grain is.</summary>
    [ResponseTimeout(Patience)]
    Task WakeAsync();
}
