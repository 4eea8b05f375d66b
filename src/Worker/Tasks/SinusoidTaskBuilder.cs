using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Draws points of sine waves: y = amplitude · sin(x − phase), x uniform in [−5, 5).</summary>
internal sealed class SinusoidTaskBuilder(TaskShape shape) : ITaskBuilder
{
    private const double Range = 5;

    /// <inheritdoc/>
    public TaskExamples Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query)
    {
        TaskExamples examples = TaskExamples.Allocate(tasks.Count, shot, query, shape.Features, labelsAreClasses: false);
        for (int i = 0; i < tasks.Count; i++)
        {
            SinusoidTask task = TaskException.Require<SinusoidTask>(tasks[i]);
            var random = new RandomStream(task.ExampleSeed, 0);
            Draw(task, ref random, examples.SupportX.Values.AsSpan(i * shot, shot), examples.SupportY.Values.AsSpan(i * shot, shot));
            Draw(task, ref random, examples.QueryX.Values.AsSpan(i * query, query), examples.QueryY.Values.AsSpan(i * query, query));
        }

        return examples;
    }

    private static void Draw(SinusoidTask task, ref RandomStream random, Span<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)random.NextUniform(-Range, Range);
            y[i] = (float)(task.Amplitude * Math.Sin((double)x[i] - task.Phase));
        }
    }
}
