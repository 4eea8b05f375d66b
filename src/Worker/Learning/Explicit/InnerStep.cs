using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>
/// One inner step from given weights. It keeps what its pass computed for the Hessian-vector product, or only the weights, and then
/// computes the pass again: a third more arithmetic, and memory that does not grow with the number of steps.
/// </summary>
/// <param name="engine">How passes are computed.</param>
/// <param name="weights">φᵢ.</param>
/// <param name="support">The support set.</param>
/// <param name="labels">Its labels.</param>
internal sealed class InnerStep(IConv4Engine engine, Tensor[] weights, ImageSet support, Tensor labels)
{
    private Conv4Pass? _pass;

    /// <summary>φᵢ₊₁ = φᵢ − α∇L(φᵢ), in the dispose scope around the call.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="keepPass">Whether the tensors of the pass stay, in the same scope.</param>
    public Tensor[] Take(double learningRate, bool keepPass)
    {
        using DisposeScope? scope = keepPass ? null : NewDisposeScope();
        var pass = new Conv4Pass(engine, weights, support);
        Tensor[] gradients = pass.Backward(pass.Forward(), labels);
        var updated = new Tensor[weights.Length];
        for (int i = 0; i < updated.Length; i++)
        {
            updated[i] = weights[i].add(gradients[i], -learningRate);
            scope?.MoveToOuter(updated[i]);
        }

        _pass = keepPass ? pass : null;
        return updated;
    }

    /// <summary>∇²L(φᵢ) · v of each task, or summed over tasks.</summary>
    public Tensor[] HessianVectorProduct(Tensor[] direction, bool sumOverTasks)
    {
        if (_pass is null)
        {
            _pass = new Conv4Pass(engine, weights, support);
            _pass.Backward(_pass.Forward(), labels);
        }

        return _pass.HessianVectorProduct(direction, sumOverTasks);
    }
}
