using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Tensors;

public sealed class ArithmeticTests
{
    [Fact]
    public void Operators_WithNumbersOnEitherSide_KeepTheElementType()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 2f, 4f });

        (x + 1.0).data<float>().ToArray().ShouldBe([3f, 5f]);
        (1.0 + x).data<float>().ToArray().ShouldBe([3f, 5f]);
        (x - 1).data<float>().ToArray().ShouldBe([1f, 3f]);
        (1 - x).data<float>().ToArray().ShouldBe([-1f, -3f]);
        (x * 0.5f).data<float>().ToArray().ShouldBe([1f, 2f]);
        (x / 2L).data<float>().ToArray().ShouldBe([1f, 2f]);
        (8.0 / x).data<float>().ToArray().ShouldBe([4f, 2f]);
        (-x).data<float>().ToArray().ShouldBe([-2f, -4f]);
    }

    [Fact]
    public void InPlace_ChangesTheTensorItself()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 2f, 4f });

        x.add_(torch.ones(2), 3);
        x.mul_(2.0);
        x.addcmul_(torch.ones(2), torch.ones(2), 0.5);
        x.div_(torch.tensor(new[] { 1f, 2f }), torch.RoundingMode.floor);

        x.data<float>().ToArray().ShouldBe([10f, 7f]);
    }

    [Fact]
    public void Comparisons_GiveBooleans()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 1L, 2L, 3L });

        (x >= 2).data<bool>().ToArray().ShouldBe([false, true, true]);
        (2 > x).data<bool>().ToArray().ShouldBe([true, false, false]);
        x.eq(torch.tensor(new[] { 1L, 0L, 3L })).data<bool>().ToArray().ShouldBe([true, false, true]);
        x.isfinite().all().item<bool>().ShouldBeTrue();
        torch.tensor(new[] { 1f, float.NaN }).isfinite().all().item<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Reductions_OverSomeDimensions_KeepTheOthers()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.arange(24, dtype: torch.float64).reshape(2, 3, 4);

        x.sum([0, 2]).data<double>().ToArray().ShouldBe([60.0, 92.0, 124.0]);
        x.mean([1], keepdim: true).shape.ShouldBe([2, 1, 4]);
        x.var([0, 1, 2], unbiased: false).item<double>().ShouldBe(575.0 / 12, 1e-12);
        x.argmax(-1).data<long>().ToArray().ShouldAllBe(position => position == 3);
        (torch.Tensor values, torch.Tensor indexes) = x.max(1);
        values.data<double>().ToArray()[0].ShouldBe(8.0);
        indexes.data<long>().ToArray()[0].ShouldBe(2L);
    }

    [Fact]
    public void Clamp_WithOneBound_LeavesTheOtherOpen()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        torch.tensor(new[] { -5f, 0.5f, 5f }).clamp(max: 1.0).data<float>().ToArray().ShouldBe([-5f, 0.5f, 1f]);
    }
}
