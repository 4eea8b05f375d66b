using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>conv4 as tensor operations, all tasks at once: for any device and any number of filters.</summary>
internal sealed class PortableConv4Engine(ParameterLayout layout, Downsample downsample) : IConv4Engine
{
    private readonly PatchLayout _patches = downsample == Downsample.MaxPool ? AdjacentPatches.Instance : TensorPatches.Instance;
    private readonly int _window = downsample == Downsample.MaxPool ? 2 : 1;

    /// <summary>All: on a GPU an operation on many tasks takes as long as on one.</summary>
    public int TasksAtOnce => int.MaxValue;

    /// <inheritdoc/>
    public Conv4Weights Weights { get; } = new(layout, filtersAreRows: false);

    /// <inheritdoc/>
    public ImageSet Prepare(Tensor images) => PatchSet.Create(images, _patches, _window);

    /// <inheritdoc/>
    public LayerPass FirstBlock(ImageSet images, Tensor filters, Tensor scale, Tensor shift) =>
        new FirstBlockPass(images, filters, scale, shift);

    /// <inheritdoc/>
    public LayerPass Block(Tensor filters, Tensor scale, Tensor shift) =>
        new BlockPass(new PatchConvolution(filters, _patches), new TensorActivation(scale, shift, _window));
}
