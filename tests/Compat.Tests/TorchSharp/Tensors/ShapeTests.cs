using System.Runtime.InteropServices;
using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Tensors;

public sealed class ShapeTests
{
    [Fact]
    public void Split_AndCat_AreEachOthersInverse()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.arange(10).reshape(2, 5);

        torch.Tensor[] parts = x.split([2, 3], dim: 1);

        parts.Select(part => part.shape[1]).ShouldBe([2, 3]);
        torch.cat(parts, dim: 1).eq(x).all().item<bool>().ShouldBeTrue();
        x.split(2, dim: 1).Length.ShouldBe(3);
        x.chunk(2).Length.ShouldBe(2);
        torch.stack(x.unbind()).eq(x).all().item<bool>().ShouldBeTrue();
        Should.Throw<ExternalException>(() => x.split([1, 1], dim: 1));
    }

    [Fact]
    public void Shapes_AreViewsOfTheSameElements()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.arange(6);

        x.view(2, -1).transpose(0, 1).unsqueeze(0).squeeze().permute(1, 0).flatten().shape.ShouldBe([6]);
        x.view(2, 3).select(0, 1).fill_(9);
        x.narrow(0, 0, 1).zero_();

        x.data<long>().ToArray().ShouldBe([0L, 1L, 2L, 9L, 9L, 9L]);
        torch.ones(1, 3).expand(4, -1).shape.ShouldBe([4, 3]);
    }

    [Fact]
    public void Indexing_WithSlicesAndPositions_IsThatOfPython()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.arange(24).reshape(2, 3, 4);

        x[1, torch.TensorIndex.Slice(stop: 2), torch.TensorIndex.Slice(1, null, 2)].data<long>().ToArray().ShouldBe([13L, 15L, 17L, 19L]);
        x[torch.TensorIndex.Ellipsis, -1].shape.ShouldBe([2, 3]);
        x[torch.TensorIndex.Tensor(torch.tensor(new[] { 1L, 0L, 1L }))].shape.ShouldBe([3, 3, 4]);
        x[0, 0] = torch.tensor(-1L);

        x[0, 0].data<long>().ToArray().ShouldAllBe(value => value == -1);
    }

    [Fact]
    public void Scatter_InPlace_PutsElementsWhereGatherFindsThem()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.zeros(2, 3), positions = torch.tensor(new[] { 2L, 0L }, [2, 1]);

        x.scatter_(1, positions, torch.tensor(new[] { 4f, 5f }, [2, 1]));

        x.data<float>().ToArray().ShouldBe([0f, 0f, 4f, 5f, 0f, 0f]);
        x.gather(1, positions).data<float>().ToArray().ShouldBe([4f, 5f]);
    }

    [Fact]
    public void Gather_AndIndexSelect_PickElements()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.arange(6).reshape(2, 3);

        x.gather(1, torch.tensor(new[] { 2L, 0L }, [2, 1])).data<long>().ToArray().ShouldBe([2L, 3L]);
        x.index_select(1, torch.tensor(new[] { 2L, 1L })).data<long>().ToArray().ShouldBe([2L, 1L, 5L, 4L]);
        x.scatter_add(1, torch.tensor(new[] { 0L, 0L }, [2, 1]), torch.tensor(new[] { 10L, 20L }, [2, 1])).sum().item<long>().ShouldBe(45L);
    }
}
