using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Models;

public sealed class PerTaskModelTests
{
    [Theory]
    [InlineData("mlp")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    public void ComputeMetaGradient_LoopOverTasks_EqualsTasksAsADimension(string name)
    {
        var problem = new Problem(Runs.Named(name), 3);
        using var scope = torch.NewDisposeScope();
        var lifted = new PerTaskModel(new OfOneTask(ModelFactory.Create(problem.Configuration.Model)));
        double[] looped = problem.General(lifted)
            .ComputeMetaGradient(problem.ThetaTensor(torch.float64), problem.Batch(torch.float64), 2).Sum.data<double>().ToArray();
        Vectors.RelativeError(looped, problem.Gradient(torch.float64, 2, general: true)).ShouldBeLessThan(1e-10);
    }

    /// <summary>A network that knows nothing of tasks.</summary>
    private sealed class OfOneTask(IModel model) : ISingleTaskModel
    {
        public torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x) =>
            model.Forward([.. weights.Select(weight => weight.unsqueeze(0))], x.unsqueeze(0)).squeeze(0);
    }
}
