using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>How conv4 is computed on a kind of device. All that depends on it is here; the order of the passes does not.</summary>
internal interface IConv4Engine
{
    /// <summary>How many tasks at once are the fastest.</summary>
    int TasksAtOnce { get; }

    /// <summary>How weights are laid out.</summary>
    Conv4Weights Weights { get; }

    /// <summary>Prepares images, [T, N, 1, H, W], for any number of passes.</summary>
    ImageSet Prepare(Tensor images);

    /// <summary>The first block at given weights, shared or with tasks as the leading dimension.</summary>
    LayerPass FirstBlock(ImageSet images, Tensor filters, Tensor scale, Tensor shift);

    /// <summary>A block after the first.</summary>
    LayerPass Block(Tensor filters, Tensor scale, Tensor shift);
}
