using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Tensor = TorchSharp.torch.Tensor;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>Patches with stride 2 on the CPU: three stretches of memory each, copied without a padded image between.</summary>
internal sealed class FusedPatches<T> : ScatteredPatches
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The only one: it has no state.</summary>
    public static readonly FusedPatches<T> Instance = new();

    /// <inheritdoc/>
    public override Tensor Gather(Tensor images)
    {
        long[] shape = images.shape;
        using Tensor source = images.contiguous();
        Tensor rows = images.new_empty([shape[0], shape[1] * Steps(shape[2]) * Steps(shape[3]), 9 * shape[4]]);
        Span<T> pixels = Numbers(source), patches = Numbers(rows);
        foreach (PatchStretch stretch in new PatchStretches(shape, Stride))
        {
            Span<T> target = patches.Slice(stretch.InRow, stretch.Before + stretch.Length + stretch.After);
            target[..stretch.Before].Clear();
            pixels.Slice(stretch.InImage, stretch.Length).CopyTo(target[stretch.Before..]);
            target[(stretch.Before + stretch.Length)..].Clear();
        }

        return rows;
    }

    /// <inheritdoc/>
    public override Tensor Scatter(Tensor rows, long[] shape)
    {
        using Tensor source = rows.contiguous();
        Tensor images = rows.new_empty(shape);
        Span<T> pixels = Numbers(images), patches = Numbers(source);
        pixels.Clear();
        foreach (PatchStretch stretch in new PatchStretches(shape, Stride))
        {
            Span<T> target = pixels.Slice(stretch.InImage, stretch.Length);
            TensorPrimitives.Add(target, patches.Slice(stretch.InRow + stretch.Before, stretch.Length), target);
        }

        return images;
    }

    private static Span<T> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
