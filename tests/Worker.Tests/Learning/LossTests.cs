using Maml.Cluster.Worker.Learning;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class LossTests
{
    [Fact]
    public void CrossEntropy_KnownLogits_IsMeanNegativeLogLikelihoodOfEachTask()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor outputs = torch.tensor(new double[] { 0, 0, 1, 0, 0, 2, 0, 0 }, [2, 2, 2]);
        torch.Tensor labels = torch.tensor(new long[] { 0, 0, 1, 1 }, [2, 2]);
        var loss = new CrossEntropyLoss();

        double[] losses = loss.PerTask(outputs, labels).data<double>().ToArray();

        double half = Math.Log(2), likely = Math.Log(1 + Math.Exp(-1)), certain = Math.Log(1 + Math.Exp(-2));
        losses[0].ShouldBe((half + likely) / 2, 1e-12);
        losses[1].ShouldBe((certain + half) / 2, 1e-12);
        loss.Accuracy(outputs, labels)!.data<double>().ToArray().ShouldBe([1.0, 0.5]);
    }

    [Fact]
    public void BinaryCrossEntropy_KnownLogits_IsMeanOverTheSet()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor outputs = torch.tensor(new double[] { 1, -1, 3, 3 }, [2, 2, 1]);
        torch.Tensor labels = torch.tensor(new double[] { 1, 1, 1, 0 }, [2, 2, 1]);
        var loss = new BinaryCrossEntropyLoss();

        double[] losses = loss.PerTask(outputs, labels).data<double>().ToArray();

        losses[0].ShouldBe((Softplus(-1) + Softplus(1)) / 2, 1e-12);
        losses[1].ShouldBe((Softplus(-3) + Softplus(3)) / 2, 1e-12);
        loss.Accuracy(outputs, labels)!.data<double>().ToArray().ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public void MeanSquaredError_KnownOutputs_IsMeanOverTheSet()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor outputs = torch.tensor(new double[] { 1, 2, 3, 4 }, [2, 2, 1]);
        torch.Tensor labels = torch.tensor(new double[] { 0, 0, 3, 2 }, [2, 2, 1]);
        new MeanSquaredErrorLoss().PerTask(outputs, labels).data<double>().ToArray().ShouldBe([2.5, 2.0]);
    }

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
}
