using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>Images on the CPU as they are, with a border of zeros: their patches are read where they lie.</summary>
internal sealed unsafe class PixelSet<T> : ImageSet
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PatchSize = 9;

    private readonly Tensor _padded;
    private readonly Tensor _meanPatch;
    private readonly PatchGrid _grid;

    private PixelSet(Tensor padded, Tensor meanPatch, Tensor covariance, PatchGrid grid)
    {
        (_padded, _meanPatch, Covariance, _grid) = (padded, meanPatch, covariance, grid);
    }

    /// <inheritdoc/>
    public override Tensor Covariance { get; }

    /// <summary>Prepares images, [T, N, 1, H, W].</summary>
    /// <param name="images">The images.</param>
    /// <param name="stride">From one patch to the next, 1 or 2.</param>
    /// <param name="window">Height and width of what is pooled, 1 or 2 activations.</param>
    public static PixelSet<T> Create(Tensor images, int stride, int window)
    {
        using var scope = NewDisposeScope();
        int tasks = (int)images.shape[0], examples = (int)images.shape[1];
        Tensor padded = nn.functional.pad(images.flatten(0, 2), [1, 1, 1, 1]);
        var grid = new PatchGrid(examples, (int)padded.shape[1], (int)padded.shape[2], stride, window);
        Tensor meanPatch = images.new_empty([tasks, PatchSize]), covariance = images.new_empty([tasks, PatchSize, PatchSize]);
        double[] rented = ArrayPool<double>.Shared.Rent(PatchSize * grid.Patches);
        Span<double> planes = rented.AsSpan(0, PatchSize * grid.Patches);
        for (int task = 0; task < tasks; task++)
        {
            Gather(Lanes<T>.Of(padded) + ((nint)task * grid.Pixels), grid, planes);
            Describe(planes, grid.Patches, Lanes<T>.Of(meanPatch) + (task * PatchSize), Lanes<T>.Of(covariance) + (task * PatchSize * PatchSize));
        }

        ArrayPool<double>.Shared.Return(rented);
        return new PixelSet<T>(scope.MoveToOuter(padded), scope.MoveToOuter(meanPatch), scope.MoveToOuter(covariance), grid);
    }

    /// <inheritdoc/>
    public override FirstConvolution Convolve() => new FusedFirstConvolution<T>(_padded, _meanPatch, _grid);

    // One plane for each of a patch's nine pixels, so that what follows runs over whole planes. In double precision whatever the images':
    // a mean that is off by a rounding may put a whole background on the other side of ReLU.
    private static void Gather(T* padded, in PatchGrid grid, Span<double> planes)
    {
        for (int pixel = 0; pixel < PatchSize; pixel++)
        {
            Span<double> plane = planes.Slice(pixel * grid.Patches, grid.Patches);
            int next = 0;
            for (int example = 0; example < grid.Examples; example++)
            {
                for (int down = 0; down < grid.PatchesDown; down++)
                {
                    T* row = padded + (((nint)example * grid.Height) + (down * grid.Stride) + (pixel / 3)) * grid.Width + (pixel % 3);
                    for (int across = 0; across < grid.PatchesAcross; across++) plane[next++] = double.CreateTruncating(row[across * grid.Stride]);
                }
            }
        }
    }

    private static void Describe(Span<double> planes, int patches, T* mean, T* covariance)
    {
        for (int i = 0; i < PatchSize; i++)
        {
            Span<double> plane = planes.Slice(i * patches, patches);
            double average = TensorPrimitives.Sum<double>(plane) / patches;
            mean[i] = T.CreateTruncating(average);
            TensorPrimitives.Subtract(plane, average, plane);
            for (int j = 0; j <= i; j++)
            {
                T product = T.CreateTruncating(TensorPrimitives.Dot<double>(plane, planes.Slice(j * patches, patches)) / patches);
                covariance[(i * PatchSize) + j] = covariance[(j * PatchSize) + i] = product;
            }
        }
    }
}
