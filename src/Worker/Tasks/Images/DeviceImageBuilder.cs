using Maml.Cluster.Shared.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>Draws image tasks on the device where the images lie. A chunk costs the copy of its rows and labels, 16 bytes an example, a selection and a division.</summary>
/// <param name="reader">Reads which images the tasks are.</param>
/// <param name="images">The images of the reader's data set; the caller's.</param>
/// <param name="device">Where they lie.</param>
internal sealed class DeviceImageBuilder(ImageTaskReader reader, DeviceImages images, torch.Device device) : IBatchBuilder, IImageTarget
{
    // Rows of support examples, rows of query examples, labels of support examples, labels of query examples.
    private long[] _numbers = [];
    private int _supports;

    private int Examples => _numbers.Length / 2;

    /// <inheritdoc/>
    public TaskBatch Build(IReadOnlyList<TaskDescriptor> tasks, int shot, int query)
    {
        int way = reader.Shape.Outputs;
        _supports = tasks.Count * way * shot;
        int queries = tasks.Count * way * query;
        if (Examples != _supports + queries) _numbers = new long[2 * (_supports + queries)];
        reader.Read(tasks, shot, query, this);

        using var scope = torch.NewDisposeScope();
        torch.Tensor numbers = torch.tensor(_numbers, torch.int64, device);
        torch.Tensor pixels = images.Select(numbers.narrow(0, 0, Examples));
        torch.Tensor labels = numbers.narrow(0, Examples, Examples);
        long[] support = [tasks.Count, way * shot], querying = [tasks.Count, way * query];
        long[] image = [.. reader.Shape.Features.Select(size => (long)size)];
        return new TaskBatch(
            scope.MoveToOuter(pixels.narrow(0, 0, _supports).view([.. support, .. image])),
            scope.MoveToOuter(labels.narrow(0, 0, _supports).view(support)),
            scope.MoveToOuter(pixels.narrow(0, _supports, queries).view([.. querying, .. image])),
            scope.MoveToOuter(labels.narrow(0, _supports, queries).view(querying)));
    }

    /// <inheritdoc/>
    void IImageTarget.TakeSupport(ImageClass image, int label, int first) => Note(image, image.SupportExamples.Span, label, first);

    /// <inheritdoc/>
    void IImageTarget.TakeQuery(ImageClass image, int label, int first) => Note(image, image.QueryExamples.Span, label, _supports + first);

    private void Note(ImageClass image, ReadOnlySpan<byte> positions, int label, int first)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            _numbers[first + i] = images.RowOf(image.ClassIndex, positions[i], image.QuarterTurns);
            _numbers[Examples + first + i] = label;
        }
    }
}
