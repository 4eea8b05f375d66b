using TorchSharp;
using Maml.Cluster.Compat.Tests.TorchSharp.Autograd;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Functional;

public sealed class ConvolutionTests
{
    private const int Seed = 7;

    [Fact]
    public void Conv2d_IsAProductWithThePatchesThatUnfoldFinds()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = RandomNumbers.Of(Seed, 2, 3, 6, 5);
        torch.Tensor weight = RandomNumbers.Of(Seed + 1, 4, 3, 3, 3);

        torch.Tensor direct = functional.conv2d(x, weight, strides: [2, 1], padding: [1]);
        torch.Tensor patches = functional.unfold(x, (3, 3), padding: (1, 1), stride: (2, 1));
        torch.Tensor product = weight.flatten(1).matmul(patches).reshape(direct.shape);

        (direct - product).abs().max().item<double>().ShouldBeLessThan(1e-12, $"the seed was {Seed}");
    }

    [Fact]
    public void ConvTranspose2d_IsTheGradientOfConv2d()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = RandomNumbers.Of(Seed, 2, 4, 7, 7).requires_grad_();
        torch.Tensor weight = RandomNumbers.Of(Seed + 1, 6, 2, 3, 3);
        torch.Tensor y = functional.conv2d(x, weight, strides: [2, 2], padding: [1, 1], groups: 2);
        torch.Tensor seed = RandomNumbers.Of(Seed + 2, y.shape);

        torch.Tensor gradient = torch.autograd.grad([y], [x], [seed])[0];
        torch.Tensor transposed = functional.conv_transpose2d(seed, weight, strides: [2, 2], padding: [1, 1], groups: 2);

        (gradient - transposed).abs().max().item<double>().ShouldBeLessThan(1e-12, $"the seed was {Seed}");
    }

    [Fact]
    public void Fold_OfUnfold_CountsHowManyWindowsCoverEachElement()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        torch.Tensor counted = functional.fold(functional.unfold(torch.ones(1, 1, 3, 3), 2), 3, 2);

        counted.data<float>().ToArray().ShouldBe([1f, 2f, 1f, 2f, 4f, 2f, 1f, 2f, 1f]);
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Conv2d_WithThreeStrides_NamesTheArgument()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        Should.Throw<ArgumentException>(() => functional.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 3, 3), strides: [1, 1, 1]))
            .Message.ShouldContain("strides has 3 numbers");
    }

    [Fact]
    public void MaxPool2dWithIndices_SaysWhereTheLargestStand()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 1f, 5f, 2f, 3f, 4f, 0f, 9f, 8f }, [1, 1, 2, 4]);

        (torch.Tensor output, torch.Tensor indices) = functional.max_pool2d_with_indices(x, [2, 2]);

        output.data<float>().ToArray().ShouldBe([5f, 9f]);
        indices.data<long>().ToArray().ShouldBe([1L, 6L]);
        functional.avg_pool2d(x, 2).data<float>().ToArray().ShouldBe([2.5f, 5.5f]);
        functional.adaptive_avg_pool2d(x, 1).item<float>().ShouldBe(4f);
    }

    [Fact]
    public void Pad_WithAConstant_AddsABorder()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        functional.pad(torch.ones(1, 2), [1, 0, 0, 1], value: 7).data<float>().ToArray().ShouldBe([7f, 1f, 1f, 7f, 7f, 7f]);
        functional.pad(torch.ones(1, 1, 2), [1, 1], PaddingModes.Replicate).shape.ShouldBe([1, 1, 4]);
    }
}
