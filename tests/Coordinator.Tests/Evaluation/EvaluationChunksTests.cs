using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Tests.Evaluation;

public sealed class EvaluationChunksTests
{
    [Theory]
    [InlineData(TaskSourceKind.Sinusoid, 1, 5, 50, 50)]
    [InlineData(TaskSourceKind.Omniglot, 5, 1, 15, 15)]
    [InlineData(TaskSourceKind.Omniglot, 20, 5, 15, 4)]
    public void TasksPerChunk_OfASource_FitsTheSizeOfItsTasks(TaskSourceKind source, int way, int shot, int query, int expected)
    {
        var tasks = new TaskConfiguration { Source = source, Way = way, Shot = shot, Query = 1 };
        EvaluationChunks.TasksPerChunk(tasks, query).ShouldBe(expected);
    }
}
