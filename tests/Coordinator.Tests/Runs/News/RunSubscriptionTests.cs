using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.News;

namespace Maml.Cluster.Coordinator.Tests.Runs.News;

public sealed class RunSubscriptionTests
{
    [Fact]
    public async Task ReadAllAsync_SlowReader_MissesIterationsButNeitherTheNewestNorOtherNews()
    {
        using var subscription = new RunSubscription(maximumIterations: 3);
        for (int iteration = 1; iteration <= 10; iteration++) subscription.Publish(Iterated(iteration));
        subscription.Publish(new RunNews.Saved(10, "a"));
        subscription.Publish(Iterated(11));
        subscription.Publish(new RunNews.Saved(11, "b"));
        subscription.End();
        subscription.Publish(Iterated(12));

        var read = new List<string>();
        await foreach (RunNews news in subscription.ReadAllAsync(default))
            read.Add(news is RunNews.Iterated iterated ? $"{iterated.Iteration.Iteration}" : ((RunNews.Saved)news).Path);
        read.ShouldBe(["1", "2", "10", "a", "11", "b"]);
    }

    private static RunNews.Iterated Iterated(long iteration) => new(new IterationRecord(iteration, 0, [1f], [], 1, 0.1, 1, 1));
}
