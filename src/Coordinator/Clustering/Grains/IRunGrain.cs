namespace Maml.Cluster.Coordinator.Clustering.Grains;

/// <summary>A run, keyed by its identifier.</summary>
internal interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Has the run looked after from now on, until it is over.</summary>
    Task WatchOverAsync();

    /// <summary>Looks after it now: if nobody has it, it goes on where the grain is.</summary>
    Task WakeAsync();
}
