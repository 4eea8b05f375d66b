using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Autograd;

public sealed class DoubleBackwardTests
{
    private const int Seed = 20170810;

    [Fact]
    public void Grad_Twice_OfAPower_IsItsSecondDerivative()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 1.5, -2.0, 0.25 }).requires_grad_();

        torch.Tensor first = torch.autograd.grad([x.pow(4).sum()], [x], retain_graph: true, create_graph: true)[0];
        torch.Tensor second = torch.autograd.grad([first.sum()], [x])[0];

        second.data<double>().ToArray().ShouldBe([12 * 1.5 * 1.5, 12 * 4.0, 12 * 0.0625], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Conv2d_WithStride_HasTheRightSecondDerivative(long stride)
    {
        torch.Tensor images = RandomNumbers.Of(Seed, 2, 4, 5, 5);
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            weight => functional.conv2d(images, weight, null, [stride, stride], [1, 1], groups: 2).pow(3).sum(),
            RandomNumbers.Of(Seed + 1, 6, 2, 3, 3),
            Seed + 2);
    }

    [Fact]
    public void BatchNorm_OfTheBatchAtHand_HasTheRightSecondDerivative()
    {
        torch.Tensor weight = RandomNumbers.Of(Seed, 3);
        torch.Tensor bias = RandomNumbers.Of(Seed + 1, 3);
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            x => functional.batch_norm(x, null, null, weight, bias, training: true).pow(3).sum(),
            RandomNumbers.Of(Seed + 2, 4, 3, 2, 2),
            Seed + 3);
    }

    [Fact]
    public void MaxPool2d_HasTheRightSecondDerivative() =>
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            x => functional.max_pool2d(x, 2).pow(3).sum(), RandomNumbers.Of(Seed, 2, 3, 4, 4), Seed + 1);

    [Fact]
    public void CrossEntropy_HasTheRightSecondDerivative()
    {
        torch.Tensor classes = torch.tensor(new[] { 2L, 0L, 1L, 2L });
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            logits => functional.cross_entropy(logits, classes), RandomNumbers.Of(Seed, 4, 3), Seed + 1);
    }

    [Fact]
    public void BinaryCrossEntropyWithLogits_HasTheRightSecondDerivative()
    {
        torch.Tensor labels = torch.tensor(new[] { 1.0, 0.0, 1.0, 1.0, 0.0, 1.0 }, [2, 3]);
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            logits => functional.binary_cross_entropy_with_logits(logits, labels), RandomNumbers.Of(Seed, 2, 3), Seed + 1);
    }

    [Fact]
    public void BmmWithBiasAddedInPlace_HasTheRightSecondDerivative()
    {
        torch.Tensor x = RandomNumbers.Of(Seed, 3, 4, 5);
        torch.Tensor bias = RandomNumbers.Of(Seed + 1, 3, 1, 2);
        FiniteDifference.ShouldAgreeWithDoubleBackward(
            weight => x.bmm(weight).add_(bias).relu().pow(3).sum(), RandomNumbers.Of(Seed + 2, 3, 5, 2), Seed + 3);
    }
}
