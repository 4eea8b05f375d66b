using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>Reads images of a data set in [0, 1] with ink = 1, rotated as the task says; the label is the position of the class.</summary>
/// <param name="dataSet">Where images come from.</param>
/// <param name="shape">Features [1, side, side] and as many outputs as ways.</param>
/// <exception cref="TaskException">The data set's images have another size.</exception>
internal sealed class ImageTaskBuilder(ImageDataSet dataSet, TaskShape shape) : ITaskBuilder, IImageTarget
{
    private readonly ImageTaskReader _reader = new(dataSet, shape);
    private TaskExamples? _last;

    /// <inheritdoc/>
    public TaskExamples Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query)
    {
        TaskExamples examples = Room(tasks.Count, shape.Outputs * shot, shape.Outputs * query);
        _reader.Read(tasks, shot, query, this);
        return examples;
    }

    /// <inheritdoc/>
    void IImageTarget.TakeSupport(ImageClass image, int label, int first) =>
        Draw(image, image.SupportExamples.Span, label, first, _last!.SupportX.Values, _last.SupportY.Values);

    /// <inheritdoc/>
    void IImageTarget.TakeQuery(ImageClass image, int label, int first) =>
        Draw(image, image.QueryExamples.Span, label, first, _last!.QueryX.Values, _last.QueryY.Values);

    // The last chunk's where that had the same size: fresh memory has to be cleared, and mapped page by page, which takes longer than drawing.
    private TaskExamples Room(int tasks, int support, int query)
    {
        bool fits = _last is { } last
            && last.SupportY.Shape[0] == tasks && last.SupportY.Shape[1] == support && last.QueryY.Shape[1] == query;
        return fits ? _last! : _last = TaskExamples.Allocate(tasks, support, query, shape.Features, labelsAreClasses: true);
    }

    private void Draw(ImageClass image, ReadOnlySpan<byte> positions, int label, int first, float[] x, float[] y)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> pixels = x.AsSpan((first + i) * shape.FeatureCount, shape.FeatureCount);
            ImageRotation.Rotate(dataSet.GetImage(image.ClassIndex, positions[i]), dataSet.Width, image.QuarterTurns, pixels);
            y[first + i] = label;
        }
    }
}
