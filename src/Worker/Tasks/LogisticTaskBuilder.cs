using System.Numerics.Tensors;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Draws points with features uniform in [−1, 1) and labels from a linear rule: 1 where w · x exceeds 0, else 0.</summary>
internal sealed class LogisticTaskBuilder(TaskShape shape) : ITaskBuilder
{
    private const int Way = 2;

    /// <inheritdoc/>
    public TaskExamples Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query)
    {
        int support = Way * shot, queries = Way * query, features = shape.FeatureCount;
        TaskExamples examples = TaskExamples.Allocate(tasks.Count, support, queries, shape.Features, labelsAreClasses: false);
        for (int i = 0; i < tasks.Count; i++)
        {
            LogisticTask task = TaskException.Require<LogisticTask>(tasks[i]);
            float[] rule = DrawRule(task, features);
            var random = new RandomStream(task.ExampleSeed, 0);
            Draw(rule, ref random, examples.SupportX.Values.AsSpan(i * support * features, support * features), examples.SupportY.Values.AsSpan(i * support, support));
            Draw(rule, ref random, examples.QueryX.Values.AsSpan(i * queries * features, queries * features), examples.QueryY.Values.AsSpan(i * queries, queries));
        }

        return examples;
    }

    // Rules scatter around a mean that all tasks share: it is what can be meta-learnt.
    private static float[] DrawRule(LogisticTask task, int features)
    {
        var random = new RandomStream(task.RuleSeed, 0);
        float[] weights = new float[features];
        for (int i = 0; i < features; i++) weights[i] = (float)((i % 2 == 0 ? 1 : -1) + random.NextNormal());
        return weights;
    }

    private static void Draw(float[] rule, ref RandomStream random, Span<float> x, Span<float> y)
    {
        foreach (ref float feature in x) feature = (float)random.NextUniform(-1, 1);
        for (int i = 0; i < y.Length; i++) y[i] = TensorPrimitives.Dot<float>(rule, x.Slice(i * rule.Length, rule.Length)) > 0 ? 1 : 0;
    }
}
