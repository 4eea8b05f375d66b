using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Shows a run while it goes on.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Shows events until they end.</summary>
    /// <returns>All that they told.</returns>
    Task<TrainingProgress> ShowAsync(IAsyncEnumerable<RunEvent> events);
}
