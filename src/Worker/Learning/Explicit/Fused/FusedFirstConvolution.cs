using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>
/// The first convolution, ReLU and pooling on the CPU in one pass: what the convolution gives before pooling, the largest tensor of
/// the network by far, is never in memory.
/// </summary>
/// <param name="padded">The images, [T·N, H, W].</param>
/// <param name="meanPatch">The mean over each task's patches, [T, 9].</param>
/// <param name="grid">One task's patches.</param>
internal sealed unsafe class FusedFirstConvolution<T>(Tensor padded, Tensor meanPatch, PatchGrid grid) : FirstConvolution
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PatchSize = 9;

    private Tensor _choices = null!;

    private int Tasks => (int)meanPatch.shape[0];

    /// <inheritdoc/>
    public override Tensor Activate(Tensor filters)
    {
        int channels = (int)filters.shape[2];
        using Tensor centred = filters.clone();
        Tensor output = padded.new_empty([Tasks, grid.Examples, grid.Down, grid.Across, channels]);
        _choices = padded.new_empty(output.shape);
        TaskRows<T> rows = new(centred), outputs = new(output), choices = new(_choices);
        for (int task = 0; task < Tasks; task++)
        {
            TakeMeanPatch(task, rows[task], channels);
            FirstConvolutionKernels<T>.Activate(Pixels(task), grid, rows[task], channels, outputs[task], choices[task]);
        }

        return output;
    }

    /// <inheritdoc/>
    public override Tensor FilterGradient(Tensor outputGradient)
    {
        int channels = (int)outputGradient.shape[4];
        Tensor sums = padded.new_empty([Tasks, PatchSize + 1, channels]);
        using Tensor gradient = outputGradient.contiguous();
        TaskRows<T> gradients = new(gradient), choices = new(_choices), rows = new(sums), means = new(meanPatch);
        for (int task = 0; task < Tasks; task++)
        {
            FirstConvolutionKernels<T>.FilterGradient(Pixels(task), grid, gradients[task], choices[task], channels, rows[task]);
            T* total = rows[task] + (PatchSize * channels);
            for (int pixel = 0; pixel < PatchSize; pixel++)
            {
                for (int c = 0; c < channels; c++) rows[task][(pixel * channels) + c] -= means[task][pixel] * total[c];
            }
        }

        return sums;
    }

    /// <inheritdoc/>
    public override Tensor ActivateTangent(Tensor filtersTangent)
    {
        int channels = (int)filtersTangent.shape[2];
        using Tensor centred = filtersTangent.clone();
        Tensor output = padded.new_empty(_choices.shape);
        TaskRows<T> rows = new(centred), outputs = new(output), choices = new(_choices);
        for (int task = 0; task < Tasks; task++)
        {
            TakeMeanPatch(task, rows[task], channels);
            FirstConvolutionKernels<T>.ActivateTangent(Pixels(task), grid, rows[task], channels, choices[task], outputs[task]);
        }

        return output;
    }

    private T* Pixels(int task) => Lanes<T>.Of(padded) + ((nint)task * grid.Pixels);

    // A filter on patches less their mean is the same filter on the patches, with something else added.
    private void TakeMeanPatch(int task, T* filters, int channels)
    {
        T* mean = new TaskRows<T>(meanPatch)[task], added = filters + (PatchSize * channels);
        for (int pixel = 0; pixel < PatchSize; pixel++)
        {
            for (int c = 0; c < channels; c++) added[c] -= mean[pixel] * filters[(pixel * channels) + c];
        }
    }
}
