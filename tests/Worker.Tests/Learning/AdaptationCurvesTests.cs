using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class AdaptationCurvesTests
{
    [Theory]
    [InlineData("mlp", Algorithm.Maml)]
    [InlineData("mlp", Algorithm.Fomaml)]
    [InlineData("logistic", Algorithm.Maml)]
    [InlineData("conv4-stride", Algorithm.Maml)]
    [InlineData("conv4-maxpool", Algorithm.Maml)]
    [InlineData("conv4-stride-fused", Algorithm.Maml)]
    [InlineData("conv4-maxpool-fused", Algorithm.Fomaml)]
    public void ComputeMetaGradient_Curves_AreThoseOfAdaptationWithoutTheStart(string model, Algorithm algorithm)
    {
        var problem = new Problem(Runs.Named(model, algorithm), 3);
        using var scope = torch.NewDisposeScope();
        IMetaLearner learner = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float64);
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);

        AdaptationCurves training = learner.ComputeMetaGradient(theta, batch, 3).Curves;
        AdaptationCurves adaptation = learner.ComputeCurves(theta, batch, 3);

        (training.Tasks, training.Points).ShouldBe((3, 3));
        (adaptation.Tasks, adaptation.Points).ShouldBe((3, 4));
        for (int task = 0; task < 3; task++)
        {
            training.LossOf(task).ToArray().ShouldBe(adaptation.LossOf(task)[1..].ToArray(), tolerance: 1e-5);
            training.AccuracyOf(task).ToArray().ShouldBe(adaptation.AccuracyOf(task).IsEmpty ? [] : adaptation.AccuracyOf(task)[1..].ToArray());
        }
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeMetaGradient_OnlyTheLastStep_IsTheEndOfTheWholeCurve(string model)
    {
        var problem = new Problem(Runs.Named(model), 2);
        using var scope = torch.NewDisposeScope();
        IMetaLearner learner = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32);
        torch.Tensor theta = problem.ThetaTensor(torch.float32);
        var batch = problem.Batch(torch.float32);

        MetaGradient whole = learner.ComputeMetaGradient(theta, batch, 3, wholeCurve: true);
        MetaGradient last = learner.ComputeMetaGradient(theta, batch, 3, wholeCurve: false);

        (last.Curves.Tasks, last.Curves.Points).ShouldBe((2, 1));
        for (int task = 0; task < 2; task++) last.Curves.LossOf(task)[0].ShouldBe(whole.Curves.LossOf(task)[^1]);
        HostCopy.ToArray(last.Sum).ShouldBe(HostCopy.ToArray(whole.Sum));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-stride-fused")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeCurves_Loss_IsTheAdaptedLoss(string model)
    {
        var problem = new Problem(Runs.Named(model), 3);
        using var scope = torch.NewDisposeScope();
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        AdaptationCurves curves = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float64).ComputeCurves(theta, batch, 2);
        for (int step = 0; step <= 2; step++)
        {
            double sum = Enumerable.Range(0, 3).Sum(task => curves.LossOf(task)[step]);
            sum.ShouldBe(problem.Loss.At(theta, batch, step), 1e-5);
        }
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-stride-fused")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeOutputs_AfterAnyStep_HaveTheLossOfTheCurve(string model)
    {
        var problem = new Problem(Runs.Named(model), 3);
        using var scope = torch.NewDisposeScope();
        IMetaLearner learner = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float64);
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        AdaptationCurves curves = learner.ComputeCurves(theta, batch, 2);
        for (int step = 0; step <= 2; step++)
        {
            torch.Tensor outputs = learner.ComputeOutputs(theta, batch, step);
            float[] losses = HostCopy.ToArray(LossFactory.Create(problem.Configuration.Loss).PerTask(outputs, batch.QueryY));
            losses.ShouldBe(Enumerable.Range(0, 3).Select(task => curves.LossOf(task)[step]), 1e-6);
        }
    }

    [Fact]
    public void ComputeCurves_Regression_HasNoAccuracy()
    {
        var problem = new Problem(Runs.Sinusoid, 2);
        using var scope = torch.NewDisposeScope();
        MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32).ComputeCurves(problem.ThetaTensor(torch.float32), problem.Batch(torch.float32), 1)
            .Accuracy.ShouldBeNull();
    }

    [Fact]
    public void ComputeCurves_NoSteps_HasOnePoint()
    {
        var problem = new Problem(Runs.Logistic, 2);
        using var scope = torch.NewDisposeScope();
        AdaptationCurves curves = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32)
            .ComputeCurves(problem.ThetaTensor(torch.float32), problem.Batch(torch.float32), 0);
        curves.Points.ShouldBe(1);
        curves.AccuracyOf(1).Length.ShouldBe(1);
    }
}
