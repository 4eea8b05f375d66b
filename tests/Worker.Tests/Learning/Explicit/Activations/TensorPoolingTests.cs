using Maml.Cluster.Worker.Learning.Explicit.Activations;
using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Tests.Learning.Explicit.Activations;

public sealed class TensorPoolingTests
{
    [Fact]
    public void Largest_Ties_AreTheFirstOfTheRow()
    {
        using var scope = NewDisposeScope();

        // Three windows side by side: all equal, the second row equal, the last pixel alone.
        Tensor rows = tensor(new[] { 5f, 5f, 1f, 2f, 0f, -1f, 5f, 5f, 3f, 3f, -2f, 4f }, [1, 12, 1]);
        var pooling = new TensorPooling([1, 1, 2, 6], 2);

        Numbers(pooling.Largest(rows)).ShouldBe([5, 3, 4]);
        Numbers(pooling.Spread(ones([1, 3, 1]))).ShouldBe([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
        pooling.PooledShape.ShouldBe([1, 1, 1, 3]);
    }

    [Theory]
    [InlineData(4, 6)]
    [InlineData(7, 5)]
    [InlineData(3, 2)]
    public void Pick_AndSpread_AreThoseOfPyTorch(int height, int width)
    {
        const int tasks = 2, examples = 3, channels = 5;
        using var scope = NewDisposeScope();
        manual_seed(3);

        // Few values, so that windows have ties.
        long[] shape = [tasks, examples, height, width, channels];
        Tensor images = rand(shape).gt(0.5).to_type(ScalarType.Float64).add(rand(shape).gt(0.5));
        var pooling = new TensorPooling([tasks, examples, height, width], 2);
        Tensor rows = images.view(tasks, -1, channels);
        Tensor leaf = images.flatten(0, 1).permute(0, 3, 1, 2).contiguous().requires_grad_();
        Tensor expected = nn.functional.max_pool2d(leaf, [2, 2]);
        Tensor gradient = randn_like(expected);

        Tensor largest = pooling.Largest(rows);

        Numbers(largest).ShouldBe(Numbers(ToRows(expected)));
        Numbers(pooling.Pick(rows)).ShouldBe(Numbers(largest));
        Tensor spread = autograd.grad([expected], [leaf], [gradient])[0];
        Numbers(pooling.Spread(ToRows(gradient))).ShouldBe(Numbers(ToRows(spread)));

        Tensor ToRows(Tensor planes) => planes.detach().permute(0, 2, 3, 1).reshape(tasks, -1, channels);
    }

    [Fact]
    public void Spread_OfAnything_IsTheAdjointOfPick()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var pooling = new TensorPooling([2, 3, 7, 5], 2);
        pooling.Largest(randn([2, 3 * 7 * 5, 4], ScalarType.Float64));
        Tensor tangent = randn([2, 3 * 7 * 5, 4], ScalarType.Float64), gradient = randn([2, 3 * 3 * 2, 4], ScalarType.Float64);

        double picked = pooling.Pick(tangent).mul(gradient).sum().item<double>();

        pooling.Spread(gradient).mul(tangent).sum().item<double>().ShouldBe(picked, 1e-12);
        picked.ShouldNotBe(0);
    }

    [Fact]
    public void Largest_WhatIsNotANumber_StaysSo()
    {
        using var scope = NewDisposeScope();
        Tensor rows = tensor(new[] { 1f, float.NaN, 9f, 2f, 1f, 2f, 3f, 4f }, [1, 8, 1]);
        Numbers(new TensorPooling([1, 2, 2, 2], 2).Largest(rows)).ShouldBe([double.NaN, 4]);
    }

    [Fact]
    public void Largest_WindowOfOne_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        Tensor rows = randn([2, 12, 3]);
        var pooling = new TensorPooling([2, 1, 3, 4], 1);
        foreach (Tensor result in new[] { pooling.Largest(rows), pooling.Pick(rows), pooling.Spread(rows) })
            Numbers(result).ShouldBe(Numbers(rows));
        pooling.PooledShape.ShouldBe([2, 1, 3, 4]);
    }

    private static double[] Numbers(Tensor tensor) => tensor.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
}
