using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Shows nothing.</summary>
internal sealed class QuietTrainingDisplay : ITrainingDisplay
{
    public async Task<TrainingProgress> ShowAsync(IAsyncEnumerable<RunEvent> events)
    {
        TrainingProgress progress = TrainingProgress.Unknown;
        await foreach (RunEvent next in events) progress = progress.With(next);
        return progress;
    }
}
