using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>Reads images of a data set in [0, 1] with ink = 1, rotated as the task says; the label is the position of the class.</summary>
internal sealed class ImageTaskBuilder : ITaskBuilder
{
    private readonly ImageDataSet _dataSet;
    private readonly TaskShape _shape;
    private TaskExamples? _last;

    /// <summary>Creates a builder.</summary>
    /// <param name="dataSet">Where images come from.</param>
    /// <param name="shape">Features [1, side, side] and as many outputs as ways.</param>
    /// <exception cref="TaskException">The data set's images have another size.</exception>
    public ImageTaskBuilder(ImageDataSet dataSet, TaskShape shape)
    {
        if (dataSet.Height != shape.Features[1] || dataSet.Width != shape.Features[2])
        {
            throw new TaskException(
                $"Images of data set '{dataSet.Name}' are {dataSet.Height}×{dataSet.Width}; the model needs {shape.Features[1]}×{shape.Features[2]}.");
        }

        _dataSet = dataSet;
        _shape = shape;
    }

    /// <inheritdoc/>
    public TaskExamples Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query)
    {
        int way = _shape.Outputs;
        TaskExamples examples = Room(tasks.Count, way * shot, way * query);
        for (int i = 0; i < tasks.Count; i++)
        {
            ImageTask task = TaskException.Require<ImageTask>(tasks[i]);
            if (task.Classes.Count != way) throw new TaskException($"Task {task.Index} has {task.Classes.Count} classes; the model tells {way} apart.");
            for (int position = 0; position < way; position++)
            {
                ImageClass image = task.Classes[position];
                int row = (i * way) + position;
                Draw(task, image, image.SupportExamples.Span, shot, position, row, examples.SupportX, examples.SupportY);
                Draw(task, image, image.QueryExamples.Span, query, position, row, examples.QueryX, examples.QueryY);
            }
        }

        return examples;
    }

    // The last chunk's where that had the same size: fresh memory has to be cleared, and mapped page by page, which takes longer than drawing.
    private TaskExamples Room(int tasks, int support, int query)
    {
        bool fits = _last is { } last
            && last.SupportY.Shape[0] == tasks && last.SupportY.Shape[1] == support && last.QueryY.Shape[1] == query;
        return fits ? _last! : _last = TaskExamples.Allocate(tasks, support, query, _shape.Features, labelsAreClasses: true);
    }

    // row: how many blocks of `count` examples come before this class.
    private void Draw(ImageTask task, ImageClass image, ReadOnlySpan<byte> positions, int count, int label, int row, HostTensor x, HostTensor y)
    {
        if (positions.Length != count) throw new TaskException($"Task {task.Index} names {positions.Length} examples of a class; the chunk announces {count}.");
        if (image.ClassIndex < 0 || image.ClassIndex >= _dataSet.Classes)
            throw new TaskException($"Task {task.Index} names class {image.ClassIndex}; data set '{_dataSet.Name}' has {_dataSet.Classes}.");

        for (int i = 0; i < count; i++)
        {
            if (positions[i] >= _dataSet.ExamplesPerClass)
                throw new TaskException($"Task {task.Index} names example {positions[i]}; classes of data set '{_dataSet.Name}' have {_dataSet.ExamplesPerClass}.");
            int example = (row * count) + i;
            Span<float> pixels = x.Values.AsSpan(example * _shape.FeatureCount, _shape.FeatureCount);
            ImageRotation.Rotate(_dataSet.GetImage(image.ClassIndex, positions[i]), _dataSet.Width, image.QuarterTurns, pixels);
            y.Values[example] = label;
        }
    }
}
