using System.Runtime.CompilerServices;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Leaves the thread that has brought a message, or cancelled something, to what else it has to do.</summary>
internal static class OwnThread
{
    /// <summary>What follows runs on a thread of the pool.</summary>
    public static ConfiguredTaskAwaitable Take() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
