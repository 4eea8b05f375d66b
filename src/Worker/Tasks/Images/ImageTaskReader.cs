using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>Reads which images the examples of a chunk are, and in which order, and checks that the data set has them.</summary>
internal sealed class ImageTaskReader
{
    /// <summary>Creates a reader.</summary>
    /// <param name="dataSet">Where images come from.</param>
    /// <param name="shape">Features [1, side, side] and as many outputs as ways.</param>
    /// <exception cref="TaskException">The data set's images have another size.</exception>
    public ImageTaskReader(ImageDataSet dataSet, TaskShape shape)
    {
        if (dataSet.Height != shape.Features[1] || dataSet.Width != shape.Features[2])
        {
            throw new TaskException(
                $"Images of data set '{dataSet.Name}' are {dataSet.Height}×{dataSet.Width}; the model needs {shape.Features[1]}×{shape.Features[2]}.");
        }

        DataSet = dataSet;
        Shape = shape;
    }

    /// <summary>Where images come from.</summary>
    public ImageDataSet DataSet { get; }

    /// <summary>What the model takes and gives.</summary>
    public TaskShape Shape { get; }

    /// <summary>Reads a chunk, task by task and class by class.</summary>
    /// <param name="tasks">The tasks, in order.</param>
    /// <param name="shot">Support examples a class.</param>
    /// <param name="query">Query examples a class.</param>
    /// <param name="target">Takes the images; called only for those that have been checked.</param>
    /// <exception cref="TaskException">A descriptor is not of this source, or asks for what the data set does not have.</exception>
    public void Read(IReadOnlyList<TaskDescriptor> tasks, int shot, int query, IImageTarget target)
    {
        int way = Shape.Outputs;
        for (int i = 0; i < tasks.Count; i++)
        {
            ImageTask task = TaskException.Require<ImageTask>(tasks[i]);
            if (task.Classes.Count != way) throw new TaskException($"Task {task.Index} has {task.Classes.Count} classes; the model tells {way} apart.");
            for (int label = 0; label < way; label++)
            {
                ImageClass image = task.Classes[label];
                int row = (i * way) + label;
                Check(task, image, image.SupportExamples.Span, shot);
                target.TakeSupport(image, label, row * shot);
                Check(task, image, image.QueryExamples.Span, query);
                target.TakeQuery(image, label, row * query);
            }
        }
    }

    private void Check(ImageTask task, ImageClass image, ReadOnlySpan<byte> positions, int count)
    {
        if (positions.Length != count) throw new TaskException($"Task {task.Index} names {positions.Length} examples of a class; the chunk announces {count}.");
        if (image.ClassIndex < 0 || image.ClassIndex >= DataSet.Classes)
            throw new TaskException($"Task {task.Index} names class {image.ClassIndex}; data set '{DataSet.Name}' has {DataSet.Classes}.");
        foreach (byte position in positions)
        {
            if (position >= DataSet.ExamplesPerClass)
                throw new TaskException($"Task {task.Index} names example {position}; classes of data set '{DataSet.Name}' have {DataSet.ExamplesPerClass}.");
        }
    }
}
