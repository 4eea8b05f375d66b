using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Takes the examples of a task that brings them along. The labels of its query examples are not known, and zeros.</summary>
/// <param name="shape">What the model takes and gives.</param>
/// <param name="labelsAreClasses">Whether labels are positions of classes and not numbers.</param>
internal sealed class InlineTaskBuilder(TaskShape shape, bool labelsAreClasses)
{
    /// <summary>Takes one task.</summary>
    /// <exception cref="TaskException">Its sizes or labels do not fit each other or the model.</exception>
    public TaskExamples Build(InlineTask task)
    {
        int support = CountOf(task.SupportInputs, "support"), query = CountOf(task.QueryInputs, "query");
        if (task.SupportLabels.Length != support)
            throw new TaskException($"Task {task.Index} brings {task.SupportLabels.Length} labels for {support} support examples.");
        if (labelsAreClasses && task.SupportLabels.FirstOrDefault(IsNoClass, 0) is var label and not 0)
            throw new TaskException($"Task {task.Index} brings the label {label}; the model tells {shape.Outputs} apart.");
        TaskExamples examples = TaskExamples.Allocate(1, support, query, shape.Features, labelsAreClasses);
        task.SupportInputs.CopyTo(examples.SupportX.Values, 0);
        task.SupportLabels.CopyTo(examples.SupportY.Values, 0);
        task.QueryInputs.CopyTo(examples.QueryX.Values, 0);
        return examples;
    }

    private bool IsNoClass(float label) => !(label >= 0 && label < shape.Outputs && label == MathF.Floor(label));

    private int CountOf(float[] inputs, string set) => inputs.Length > 0 && inputs.Length % shape.FeatureCount == 0
        ? inputs.Length / shape.FeatureCount
        : throw new TaskException($"A {set} set brings {inputs.Length} numbers; expected {shape.FeatureCount} an example, and one example or more.");
}
