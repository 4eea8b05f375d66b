using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Tests.Runs.Training;

public sealed class MetaBatchTests
{
    [Theory]
    [InlineData(10, 3, new[] { 3, 3, 3, 1 })]
    [InlineData(4, 4, new[] { 4 })]
    [InlineData(2, 5, new[] { 2 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    [InlineData(5, int.MaxValue, new[] { 5 })]
    public void Cut_Tasks_CoversEachOnceInOrder(int tasks, int chunkTasks, int[] expected)
    {
        IReadOnlyList<Range> chunks = MetaBatch.Cut(tasks, chunkTasks);
        chunks.Select(chunk => chunk.GetOffsetAndLength(tasks).Length).ShouldBe(expected);
        chunks.SelectMany(chunk => Enumerable.Range(0, tasks).Take(chunk)).ShouldBe(Enumerable.Range(0, tasks));
    }

    [Fact]
    public void Sample_OtherChunkSize_DrawsTheSameTasks()
    {
        var configuration = Configurations.Sinusoid();
        var run = new RunContext("r", configuration, TaskSamplers.Create(configuration.Tasks, images: null), images: null);
        var threes = MetaBatch.Sample(run, TaskSplit.Train, 7, 10, 5, 3).SelectMany(chunk => chunk.Tasks).ToList();
        var fours = MetaBatch.Sample(run, TaskSplit.Train, 7, 10, 5, 4).SelectMany(chunk => chunk.Tasks).ToList();
        fours.ShouldBe(threes);
        threes.Select(task => task.Index).ShouldBe(Enumerable.Range(0, 10).Select(index => (uint)index));
        MetaBatch.Sample(run, TaskSplit.Train, 8, 10, 5, 3)[0].Tasks[0].ShouldNotBe(threes[0]);
        MetaBatch.Sample(run, TaskSplit.Test, 7, 10, 5, 3)[0].Tasks[0].ShouldNotBe(threes[0]);
    }
}
