using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Tensors;

public sealed class DataTests
{
    [Fact]
    public void ToArray_OfATransposedTensor_IsInItsOwnOrder()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor tensor = torch.tensor(new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]).t();

        tensor.is_contiguous().ShouldBeFalse();
        tensor.shape.ShouldBe([3, 2]);
        tensor.data<int>().ToArray().ShouldBe([1, 4, 2, 5, 3, 6]);
    }

    [Fact]
    public void CopyTo_PartOfASpan_FillsIt()
    {
        using torch.Tensor tensor = torch.tensor(new[] { 1f, 2f, 3f, 4f });
        float[] target = new float[4];

        tensor.data<float>().CopyTo(target.AsSpan(), arrayIndex: 1, tensorIndex: 2);

        target.ShouldBe([0f, 3f, 4f, 0f]);
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void CopyFrom_ThenBytes_AreTheNewElements()
    {
        using torch.Tensor tensor = torch.zeros(2);

        tensor.data<float>().CopyFrom([1.5f, -2f]);

        tensor.bytes.ToArray().ShouldBe([.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]);
        Should.Throw<ArgumentException>(() => tensor.data<float>().CopyFrom([1f, 2f, 3f]));
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Data_AsAnotherType_NamesBoth()
    {
        using torch.Tensor tensor = torch.zeros(2);

        Should.Throw<ArgumentException>(() => tensor.data<double>()).Message.ShouldBe("The tensor has Float32 elements; they cannot be read as Double.");
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Item_OfSeveralElements_IsRefused()
    {
        using torch.Tensor tensor = torch.zeros(2);

        Should.Throw<ArgumentException>(() => tensor.item<float>()).Message.ShouldContain("has 2");
    }

    [Fact]
    public void ToDouble_OfAnInteger_Converts()
    {
        using torch.Tensor tensor = torch.tensor(7L);

        tensor.ToDouble().ShouldBe(7.0);
        tensor.item<long>().ShouldBe(7L);
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void FromBuffer_SharesTheArraysMemory()
    {
        float[] numbers = [1f, 2f, 3f, 4f];
        using torch.Tensor tensor = torch.frombuffer(numbers, torch.float32, count: 2, offset: 4);
        using torch.Tensor same = tensor.mul_(10f);

        numbers.ShouldBe([1f, 20f, 30f, 4f]);
        Should.Throw<ArgumentException>(() => torch.frombuffer(numbers, torch.float32, count: 5)).Message.ShouldContain("the array has 4");
        Should.Throw<ArgumentException>(() => torch.frombuffer(numbers, torch.float64));
    }

    [Fact]
    public void Tensor_WithAnotherType_Converts()
    {
        using torch.Tensor tensor = torch.tensor(new[] { 1.75, -1.75 }, dtype: torch.int64);

        tensor.dtype.ShouldBe(torch.ScalarType.Int64);
        tensor.data<long>().ToArray().ShouldBe([1L, -1L]);
    }
}
