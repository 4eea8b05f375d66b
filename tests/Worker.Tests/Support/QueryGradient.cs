using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>First-order MAML by its definition: adapt, then differentiate the query loss where one has arrived.</summary>
internal static class QueryGradient
{
    /// <summary>For a problem of one task, in float64.</summary>
    public static double[] AtAdapted(Problem problem, int steps)
    {
        using var scope = torch.NewDisposeScope();
        IModel model = ModelFactory.Create(problem.Configuration.Model);
        ILoss loss = LossFactory.Create(problem.Configuration.Loss);
        TaskBatch task = problem.Batch(torch.float64);
        torch.Tensor adapted = problem.ThetaTensor(torch.float64);
        for (int step = 0; step < steps; step++)
            adapted = adapted.add(Gradient(adapted, task.SupportX, task.SupportY), -problem.Configuration.Inner.LearningRate);
        return Gradient(adapted, task.QueryX, task.QueryY).data<double>().ToArray();

        torch.Tensor Gradient(torch.Tensor parameters, torch.Tensor x, torch.Tensor y)
        {
            torch.Tensor leaf = parameters.detach().requires_grad_();
            torch.Tensor[] weights = [.. problem.Layout.Parameters.Select(parameter => leaf
                .narrow(0, parameter.Offset, parameter.Count).view([1L, .. parameter.Shape.Select(size => (long)size)]))];
            return torch.autograd.grad([loss.PerTask(model.Forward(weights, x), y).sum()], [leaf])[0];
        }
    }
}
