using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Tests.Tasks;

public sealed class LogisticTaskBuilderTests
{
    private const int Features = TaskShape.LogisticFeatures;

    [Fact]
    public void Build_Task_LabelsByItsRule()
    {
        TaskExamples examples = new LogisticTaskBuilder(new TaskShape([Features], 1)).Build([new LogisticTask(0, 5, 6)], 10, 20);

        examples.SupportX.Shape.ShouldBe([1, 20, Features]);
        examples.QueryY.Shape.ShouldBe([1, 40, 1]);
        var random = new RandomStream(5, 0);
        double[] rule = [.. Enumerable.Range(0, Features).Select(i => (i % 2 == 0 ? 1 : -1) + random.NextNormal())];
        for (int i = 0; i < 40; i++)
        {
            double product = rule.Select((weight, feature) => weight * examples.QueryX.Values[(i * Features) + feature]).Sum();
            examples.QueryY.Values[i].ShouldBe(product > 0 ? 1f : 0f);
        }

        examples.QueryY.Values.Distinct().Count().ShouldBe(2);
        examples.SupportX.Values.ShouldAllBe(feature => feature >= -1 && feature <= 1);
    }
}
