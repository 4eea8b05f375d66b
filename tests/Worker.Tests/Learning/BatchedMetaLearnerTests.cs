using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class BatchedMetaLearnerTests
{
    private const int Tasks = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public void ComputeMetaGradient_AnyNumberAtOnce_IsTheSumAndTheCurvesOfAll(int tasksAtOnce)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(Runs.Named("conv4-stride-fused"), Tasks);
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        MetaGradient whole = problem.General().ComputeMetaGradient(theta, batch, 2);
        MetaGradient batched = new BatchedMetaLearner(problem.General(), tasksAtOnce).ComputeMetaGradient(theta, batch, 2);

        Vectors.RelativeError(batched.Sum.data<double>().ToArray(), whole.Sum.data<double>().ToArray()).ShouldBeLessThan(1e-12);
        (batched.Curves.Tasks, batched.Curves.Points).ShouldBe((Tasks, 2));
        batched.Curves.Loss.ShouldBe(whole.Curves.Loss, 1e-6f);
        batched.Curves.Accuracy.ShouldBe(whole.Curves.Accuracy);
    }

    [Fact]
    public void ComputeCurves_ATaskAtATime_AreThoseOfAll()
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(Runs.Sinusoid, Tasks);
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        AdaptationCurves batched = new BatchedMetaLearner(problem.General(), 1).ComputeCurves(theta, batch, 3);
        batched.Tasks.ShouldBe(Tasks);
        batched.Loss.ShouldBe(problem.General().ComputeCurves(theta, batch, 3).Loss, 1e-6f);
        batched.Accuracy.ShouldBeNull();
    }

    [Fact]
    public void ComputeOutputs_TwoTasksAtATime_AreThoseOfAll()
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(Runs.Sinusoid, Tasks);
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        torch.Tensor batched = new BatchedMetaLearner(problem.General(), 2).ComputeOutputs(theta, batch, 3);
        torch.Tensor whole = problem.General().ComputeOutputs(theta, batch, 3);
        batched.shape.ShouldBe(whole.shape);
        Vectors.RelativeError(batched.data<double>().ToArray(), whole.data<double>().ToArray()).ShouldBeLessThan(1e-12);
    }
}
