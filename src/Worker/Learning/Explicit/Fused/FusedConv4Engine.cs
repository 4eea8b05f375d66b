using System.Numerics;
using System.Runtime.Intrinsics;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>
/// conv4 on the CPU: with stride, products by libtorch and everything between them in single passes of our own; with pooling, the
/// convolutions too.
/// </summary>
/// <typeparam name="T">The numbers that are computed with.</typeparam>
internal sealed class FusedConv4Engine<T>(ParameterLayout layout, Downsample downsample) : IConv4Engine
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _hasPooling = downsample == Downsample.MaxPool;

    /// <summary>
    /// As many as the second cache of a core holds: one task of the network with pooling, whose convolutions are one by one anyway; with
    /// stride several, whose products are cheaper together.
    /// </summary>
    public int TasksAtOnce => _hasPooling ? 1 : 4;

    /// <inheritdoc/>
    public Conv4Weights Weights { get; } = new(layout, filtersAreRows: downsample == Downsample.MaxPool);

    private int Stride => _hasPooling ? 1 : 2;

    private int Window => _hasPooling ? 2 : 1;

    /// <summary>Whether a number of filters fills whole vectors.</summary>
    public static bool Supports(int filters) => filters % Lanes<T>.Count == 0;

    /// <inheritdoc/>
    public ImageSet Prepare(Tensor images) => PixelSet<T>.Create(images, Stride, Window);

    /// <inheritdoc/>
    public LayerPass FirstBlock(ImageSet images, Tensor filters, Tensor scale, Tensor shift) =>
        new FirstBlockPass(images, filters, scale, shift);

    /// <inheritdoc/>
    public LayerPass Block(Tensor filters, Tensor scale, Tensor shift)
    {
        ConvolutionPass convolution = _hasPooling ? Adjacent(filters) : new PatchConvolution(filters, FusedPatches<T>.Instance);
        return new BlockPass(convolution, new FusedActivation<T>(scale, shift, Window));
    }

    // Its products keep sixteen sums of 64 bytes in registers; shorter vectors would need twice as many, and there are half as many.
    private static ConvolutionPass Adjacent(Tensor filters) =>
        Vector512.IsHardwareAccelerated ? new WinogradConvolution<T>(filters) : new DirectConvolution(filters);
}
