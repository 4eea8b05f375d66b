using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// A convolution of stride 1 by libtorch's own, task by task, for processors without vectors of 64 bytes. With this stride a pixel is in nine
/// patches, and copying them costs more than the library's convolution loses on small images. Its two backward kernels are reached through
/// graphs of a single operation.
/// </summary>
/// <param name="filters">[C′, 9·C] or [T, C′, 9·C], columns in the order (row, column, channel).</param>
internal sealed class DirectConvolution(Tensor filters) : ConvolutionPass
{
    private readonly List<TaskConvolution> _tasks = [];
    private long[] _inputShape = [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        _inputShape = input.shape;
        var outputs = new Tensor[input.shape[0]];
        for (int task = 0; task < outputs.Length; task++)
        {
            _tasks.Add(new TaskConvolution(input[task], filters.dim() == 2 ? filters : filters[task]));
            outputs[task] = _tasks[task].Forward();
        }

        return Join(outputs);
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, out Tensor filterGradient)
    {
        var inputs = new Tensor[_tasks.Count];
        var filterGradients = new Tensor[_tasks.Count];
        for (int task = 0; task < inputs.Length; task++)
            (inputs[task], filterGradients[task]) = _tasks[task].Backward(outputGradient[task]);
        filterGradient = Join(filterGradients);
        return Join(inputs);
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor inputTangent, Tensor direction)
    {
        var outputs = new Tensor[_tasks.Count];
        for (int task = 0; task < outputs.Length; task++)
            outputs[task] = _tasks[task].TangentForward(inputTangent[task], direction[task]);
        return Join(outputs);
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, Tensor direction, bool sumOverTasks, out Tensor filterProduct)
    {
        var inputs = new Tensor[_tasks.Count];
        var products = new Tensor[_tasks.Count];
        for (int task = 0; task < inputs.Length; task++)
            (inputs[task], products[task]) = _tasks[task].TangentBackward(outputGradientTangent[task]);
        filterProduct = TaskMatrix.Reduce(Join(products), sumOverTasks);
        return Join(inputs);
    }

    // A chunk of one task, the fastest on a CPU, is not copied.
    private static Tensor Join(Tensor[] tasks) => tasks.Length == 1 ? tasks[0].unsqueeze(0) : stack(tasks, 0);
}
