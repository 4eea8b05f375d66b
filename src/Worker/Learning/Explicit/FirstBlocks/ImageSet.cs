using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>The images of a support or query set as the first block wants them; made once, used at every inner step.</summary>
internal abstract class ImageSet
{
    /// <summary>Covariance of the patches that the first convolution sees, [T, 9, 9].</summary>
    public abstract Tensor Covariance { get; }

    /// <summary>The first convolution on these images, for one pass.</summary>
    public abstract FirstConvolution Convolve();
}
