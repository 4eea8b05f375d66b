using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.News;

namespace Maml.Cluster.Coordinator.Tests.Runs.News;

public sealed class RunSubscriptionTests
{
    [Fact]
    public async Task ReadAllAsync_SlowReader_MissesTheOldestIterationsAndCheckpointsButNoOtherNews()
    {
        using var subscription = new RunSubscription(maximumFrequent: 3);
        for (int iteration = 1; iteration <= 10; iteration++) subscription.Publish(Iterated(iteration));
        subscription.Publish(Evaluated(10));
        subscription.Publish(new RunNews.Saved(10, "a"));
        subscription.Publish(Iterated(11));
        subscription.Publish(Evaluated(11));
        subscription.Publish(new RunNews.Saved(11, "b"));
        subscription.End();
        subscription.Publish(Iterated(12));

        var read = new List<string>();
        await foreach (RunNews news in subscription.ReadAllAsync(default))
        {
            read.Add(news switch
            {
                RunNews.Iterated iterated => $"{iterated.Iteration.Iteration}",
                RunNews.Saved saved => saved.Path,
                _ => "evaluated",
            });
        }

        read.ShouldBe(["evaluated", "a", "11", "evaluated", "b"]);
    }

    private static RunNews.Evaluated Evaluated(long iteration) => new(new EvaluationSummary(iteration, 1, []));

    private static RunNews.Iterated Iterated(long iteration) => new(new IterationRecord(iteration, 0, [1f], [], 1, 0.1, 1, 1));
}
